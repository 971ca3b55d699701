/** The report's style sheet: one file, no font and no image from elsewhere, light and dark. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #FAF8F4; --ink: #1D1F22; --quiet: #63666B; --hairline: #E2DED6; --accent: #A8481C;
  --shade: #C8641B; --strength: 0.85; --good: #2F6B3C;
  --serif: 'Source Serif 4', 'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, serif;
  --sans: Inter, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  --mono: 'JetBrains Mono', ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171A; --ink: #E8E6E1; --quiet: #9A9DA3; --hairline: #2B2E33; --accent: #E58A52;
    --shade: #C8641B; --strength: 0.75; --good: #7DBB8A;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 var(--serif); }
main { max-width: 1120px; margin: 0 auto; padding: 56px 24px 96px; }
header p.origin { margin: 0; font: 15px/1.3 var(--sans); color: var(--quiet); }
h1 { margin: 4px 0 8px; font-size: 40px; line-height: 1.15; font-weight: 600; letter-spacing: -0.01em; }
h2 { margin: 56px 0 4px; font-size: 21px; line-height: 1.3; font-weight: 600; }
section > p, header > p { max-width: 68ch; margin: 0 0 16px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 1px; margin: 28px 0 0;
  background: var(--hairline); border: 1px solid var(--hairline); border-radius: 6px; overflow: hidden; }
.figures div { background: var(--paper); padding: 16px 20px 14px; }
.figures dt { font: 13px/1.3 var(--sans); color: var(--quiet); }
.figures dd { margin: 4px 0 0; font: 500 28px/1.2 var(--sans); font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures dd small { display: block; font-size: 13px; font-weight: 400; color: var(--quiet); line-height: 1.4; white-space: normal; }
.figures .own dd { color: var(--accent); }
.figures .passed { color: var(--good); } .figures .missed { color: var(--accent); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 24px 32px; }
figure { margin: 16px 0 0; }
figcaption, caption { font: 15px/1.3 var(--sans); color: var(--quiet); text-align: left; }
svg { display: block; width: 100%; height: auto; margin-top: 8px; }
table { border-collapse: collapse; font: 15px/1.3 var(--sans); font-variant-numeric: tabular-nums; }
.confusion { overflow-x: auto; }
.confusion caption { padding-bottom: 12px; }
.confusion th { font-weight: 600; padding: 4px 8px; white-space: nowrap; }
.confusion td { width: 56px; height: 40px; text-align: center; border: 1px solid var(--hairline); }
.confusion thead td, .confusion .rate { border: 0; } .confusion thead .rate { font-weight: 400; }
.confusion .rate { padding-left: 16px; width: auto; text-align: right; color: var(--quiet); white-space: nowrap; }
.confusion .diagonal { color: var(--quiet); background: color-mix(in srgb, var(--hairline) 55%, var(--paper)); }
.confusion .none { color: var(--hairline); }
.confusion .some, .confusion .much { background: color-mix(in srgb, var(--shade) calc(var(--share) * var(--strength)), var(--paper)); }
.confusion .much { font-weight: 600; }
.mistakes { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); gap: 24px 16px;
  margin: 20px 0 0; padding: 0; font: 13px/1.4 var(--sans); }
.mistakes img { display: block; width: 84px; height: 84px; image-rendering: pixelated; border-radius: 6px; background: #000; }
.mistakes p { margin: 8px 0 0; } .mistakes b { font-weight: 600; } .mistakes .wrong { color: var(--accent); }
.mistakes small { font-size: 13px; color: var(--quiet); font-variant-numeric: tabular-nums; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 0 32px; }
.facts table { width: 100%; margin-top: 12px; }
.facts th { text-align: left; font-weight: 400; color: var(--quiet); padding: 6px 16px 6px 0; vertical-align: top; white-space: nowrap; }
.facts td { padding: 6px 0; overflow-wrap: anywhere; }
.facts tr { border-top: 1px solid var(--hairline); }
.findings { overflow-x: auto; margin-top: 12px; }
.findings table { width: 100%; }
.findings th, .findings td { text-align: left; padding: 6px 16px 6px 0; vertical-align: top; font-weight: 400; }
.findings thead th { color: var(--quiet); }
.findings tr { border-top: 1px solid var(--hairline); }
.findings td { white-space: nowrap; } .findings td small { white-space: normal; }
.picture svg { max-width: 760px; }
.findings small { display: block; color: var(--quiet); font-size: 13px; }
.findings .passed { color: var(--good); } .findings .missed { color: var(--accent); font-weight: 600; }
code { font: 13px/1.6 var(--mono); overflow-wrap: anywhere; }
@media print { main { padding: 0; } section { break-inside: avoid; } }
`;
