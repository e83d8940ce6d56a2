/** Large letters, lines that break anywhere, and the colours of the phone; made for 320 px and wider. */
export const pageStyle = `
:root{--back:#fff;--text:#1b1d21;--quiet:#565b64;--line:#d5d9e0;--card:#f5f6f8;--bar:#2563c9;--track:#d9e0ec}
@media(prefers-color-scheme:dark){:root{--back:#15171b;--text:#eceef2;--quiet:#a9b0bd;--line:#343a45;--card:#1e2127;--bar:#7fb0ff;--track:#333b4a}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--back);color:var(--text);font:1.125rem/1.5 system-ui,-apple-system,Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:40rem;margin:0 auto;padding:1rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.35rem;line-height:1.3;margin:2rem 0 .5rem}
h3{font-size:1.25rem;line-height:1.35;margin:0 0 .25rem}
p{margin:.5rem 0;white-space:pre-line}
.day{color:var(--quiet)}
article{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:.75rem 1rem;margin:.75rem 0}
.pair{padding:.35rem 0}
.pair>span{display:block;color:var(--quiet);font-size:1rem}
.pair>b{display:block;font-weight:600;white-space:pre-line}
.bar{height:.75rem;margin:.25rem 0;border-radius:.375rem;background:var(--track);overflow:hidden}
.bar>i{display:block;height:100%;background:var(--bar)}
details{border-top:1px solid var(--line);margin-top:.5rem}
summary{padding:.65rem 0;cursor:pointer;color:var(--quiet);font-size:1rem}
code{font:.875rem/1.45 ui-monospace,Consolas,monospace;font-weight:400;white-space:pre-wrap}
@media print{article{break-inside:avoid}}
`
