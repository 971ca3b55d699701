export { type BarChartOptions, type BarGroup, barChart } from './bar-chart.ts';
export { type GridImage, type ImageGridOptions, imageGrid } from './image-grid.ts';
export { type ChartAxis, type ChartSeries, type LineChartOptions, lineChart } from './line-chart.ts';
export { type PanelsOptions, panels } from './panels.ts';
export { type Field, type PlaneAxis, type PlaneChartOptions, planeChart } from './plane-chart.ts';
