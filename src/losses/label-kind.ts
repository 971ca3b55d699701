/**
 * What the labels of a loss are: `classes`, one integer an example; `oneHot`, one vector over the classes;
 * `binary`, zeros and ones of the shape of the prediction; `values`, numbers of that shape; `sequences`, classes one
 * after the other, behind them zeros; `groups`, an integer an example, equal where examples belong together.
 */
export type LabelKind = 'classes' | 'oneHot' | 'binary' | 'values' | 'sequences' | 'groups';
