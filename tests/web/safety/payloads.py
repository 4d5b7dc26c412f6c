"""Hostile texts, as a reader may write them where others read: each would do something if it were not only shown."""

MARK = "zqx"
"""Stands in every payload and in no text of ours: an element or attribute that bears it came from a payload."""

SUM = "8317529"
"""What a payload becomes where a template computes it: no payload holds it."""

PAYLOADS = (
    # Elements
    "<script>zqx(1)</script>",
    "</script><script>zqx(1)</script>",
    "<ScRiPt src=//zqx.example/a.js></sCrIpT>",
    "<img src=zqx onerror=zqx(1)>",
    "<svg/onload=zqx(1)>",
    "<svg><script>zqx(1)</script></svg>",
    "<math><mtext><a href='javascript:zqx(1)'>x",
    "<iframe srcdoc='<script>zqx(1)</script>'>",
    "<a href=javascript:zqx(1)>zqx</a>",
    "<form action=//zqx.example><button>zqx",
    "<base href=//zqx.example/>",
    "<meta http-equiv=refresh content='0;//zqx.example'>",
    "<link rel=stylesheet href=//zqx.example>",
    "<style>@import '//zqx.example'</style>",
    "<details open ontoggle=zqx(1)>",
    "<input autofocus onfocus=zqx(1)>",
    "<object data=//zqx.example>",
    "<zqx-element>",
    "<template><img src=zqx onerror=zqx(1)></template>",
    "<noscript><p title='</noscript><img src=zqx onerror=zqx()>'>",
    # The ends of what may be open
    "</title><script>zqx(1)</script>",
    "</textarea><script>zqx(1)</script>",
    "--><script>zqx(1)</script><!--",
    "]]><script>zqx(1)</script>",
    "</a></li></ul></main><zqx-element>",
    # Attributes
    '" onmouseover="zqx(1)',
    "' onmouseover='zqx(1)",
    "` onmouseover=`zqx(1)",
    '"><zqx-element a="',
    "'><zqx-element a='",
    "x zqx=1 onfocus=zqx(1) autofocus",
    # Scripts and data in scripts
    "';zqx(1);//",
    '\\";zqx(1);//',
    "</script>zqx\u2028zqx(1)",
    "${zqx(1)}",
    # Addresses
    "javascript:zqx(1)",
    "data:text/html,<script>zqx(1)</script>",
    "//zqx.example/a",
    # Templates
    "{{ 1693 * 4913 - 180 }} zqx",
    "{% set a = 1693 * 4913 - 180 %}{{ a }} zqx",
    "#{1693*4913-180} ${1693*4913-180} zqx",
    # Already escaped, and other ways to write the same
    "&lt;script&gt;zqx(1)&lt;/script&gt;",
    "&#60;zqx-element&#62;",
    "%3Cscript%3Ezqx(1)%3C/script%3E",
    "＜script＞zqx(1)＜/script＞",
    "<<b>zqx-element>",
)
"""Each at most 64 characters, the length of a tag."""
