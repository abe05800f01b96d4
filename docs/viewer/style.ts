import { colours, type Colour, style as pictureStyle } from '../generator/svg/palette.ts';
import { fontStack } from '../generator/text/width.ts';

const variables = (mode: 0 | 1): string =>
  `:root{${(Object.keys(colours) as Colour[]).map((name) => `--${name}:${colours[name][mode]}`).join(';')};--now:${['#ddf4ff', '#12304f'][mode]}}`;

/** The page's own style; colours and arrows are those of the generated pictures. */
export const pageStyle = `${pictureStyle}
${variables(0)}
@media (prefers-color-scheme:dark){${variables(1)}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1680px;padding:20px 24px;font:14px/1.45 ${fontStack};color:var(--ink);background:var(--page)}
h1,h2,p,dl,ul,ol{margin:0}
h1{font-size:22px;line-height:1.25}
h2{font-size:16px}
.bad{color:var(--fault)}.good{color:var(--action)}.unsure{color:var(--guard)}.muted{color:var(--muted)}
.rule{color:var(--rule);font-weight:bold;font-size:12px}
.claim{font-size:16px;margin:6px 0;max-width:75em}
header p{max-width:80em}
header table{margin:12px 0 0}
header td,header th{font:inherit;padding-right:18px}header th{font-weight:bold}header th,header td.muted{white-space:nowrap}
dd{margin:0;overflow-wrap:anywhere}dt,caption{color:var(--muted);font-size:12px;text-align:left}
.facts{display:flex;flex-wrap:wrap;gap:8px 30px;margin-top:12px}
.commands{display:flex;flex-wrap:wrap;gap:4px 24px;margin-top:10px}
.commands div{display:flex;gap:8px;align-items:baseline;min-width:0}.commands dt{white-space:nowrap}
code,td{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:12.5px}
code{background:var(--box);border:1px solid var(--edge);border-radius:4px;padding:1px 6px;user-select:all}
table{border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:2px 14px 2px 0;overflow-wrap:anywhere}
nav{position:sticky;top:0;z-index:1;display:flex;gap:8px;align-items:center;margin:14px -24px 12px;padding:8px 24px;background:var(--box);border-block:1px solid var(--edge)}
button{font:20px/1 ${fontStack};min-width:40px;min-height:32px;color:inherit;background:var(--page);border:1px solid var(--edge);border-radius:6px;cursor:pointer}
button:disabled{opacity:.4;cursor:default}
:focus-visible{outline:3px solid var(--rule);outline-offset:2px}
input[type=range]{flex:1;min-width:80px;accent-color:var(--rule)}
output{min-width:9em;text-align:right;font-variant-numeric:tabular-nums}
main{display:flex;gap:28px;align-items:flex-start}
#left{flex:0 1 auto;min-width:min(30em,40%);max-width:58%}
#picture{overflow-x:auto}
#picture svg{display:block}
.row{fill:transparent;cursor:pointer;scroll-margin:80px 0 20px}.row:hover{fill:var(--box)}.row.now{fill:var(--now)}
#end{font-weight:bold}
.flight,.dot,.ground,#picture text{pointer-events:none}
.now .ground{fill:var(--now)}
path.loop{fill:none;stroke:var(--fault);stroke-width:1.6px}
.flight.now .route,.flight.now .late,.flight.now .lost{stroke-width:2.6px}
.flight.sent .route,.flight.sent .late{stroke:var(--rule)}.flight.sent .arrow{fill:var(--rule)}
.number{fill:var(--muted);font-size:12px;font-variant-numeric:tabular-nums}
#future{fill:var(--page);fill-opacity:.62;pointer-events:none}
#panel{flex:1 1 0;min-width:0;position:sticky;top:66px;max-height:calc(100vh - 80px);overflow-y:auto;padding-right:6px}
#rules{margin:2px 0 6px}
#effects{padding-left:18px}
#panel table{width:100%;table-layout:fixed;margin:8px 0 14px}
#panel th{font-weight:normal;color:var(--muted);width:38%}
#panel thead th{width:auto;font-size:12px}
#changes th:first-child{width:5.4em}#changes tbody th{color:var(--ink)}
#changes thead th:nth-child(2){width:34%}
#changes td,#changes tbody th{border-top:1px solid var(--box)}
.gone{color:var(--fault)}.come{color:var(--action)}
#world{display:grid;grid-template-columns:repeat(auto-fill,minmax(290px,1fr));gap:12px;margin-top:8px}
#world article{border:1px solid var(--edge);border-radius:8px;padding:8px 12px;background:var(--box);min-width:0}
#world article.now{border-color:var(--rule);box-shadow:inset 3px 0 var(--rule)}
#world h3{margin:0;font-size:14px}
#world h4{margin:6px 0 0;font-size:12px;color:var(--muted);font-weight:normal;border-bottom:1px solid var(--edge)}
#world table{margin:0}
#world td,#world th{padding:1px 8px 1px 0;font-size:12px}
#world tr.now td,#world tr.now td.muted{color:var(--rule);font-weight:bold}
.clip{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.clip:hover,.clip:focus{-webkit-line-clamp:unset}
.because{margin-top:20px;width:0;min-width:100%}.because ul{list-style:none;padding:0;margin-top:6px}
.because li{padding:3px 4px;max-width:80em}.because li div{padding-left:1.4em}.because b{font-variant-numeric:tabular-nums}
.because li>a{color:inherit;text-decoration:none}.because a:hover{text-decoration:underline}.because div a{color:var(--rule)}
.because li.now{background:var(--now);border-radius:4px}
.steps{margin-top:28px}
.steps ol{padding-left:34px;margin-top:6px;columns:2 40em;column-gap:40px}
.steps li{break-inside:avoid;padding:1px 4px}
.steps li.now{background:var(--now);border-radius:4px}
.steps a{color:inherit;text-decoration:none}.steps a:hover{text-decoration:underline}.steps a.bad{color:var(--fault)}
@media (max-width:900px){main{display:block}#left{max-width:none}#panel{position:static;max-height:none;margin-top:16px}}
@media (max-width:500px){nav{gap:5px}button{min-width:34px}input[type=range]{min-width:40px}output{min-width:0;white-space:nowrap}}
@media print{
body{padding:0;max-width:none}
nav{display:none}
main{display:block}
#left{max-width:none}#picture{overflow:visible}#picture svg{max-width:100%;height:auto}
#panel{position:static;max-height:none;overflow:visible;margin-top:16px}
.clip{display:block;overflow:visible}
#world article,tr{break-inside:avoid}
}`;
