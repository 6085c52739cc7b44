"""The browser libraries: name under /static/vendor/, folder under node_modules/."""

BROWSER_LIBRARIES = {
    "bootstrap": "bootstrap/dist",
    "dompurify": "dompurify/dist",
    "htmx": "htmx.org/dist",
    "katex": "katex/dist",
    "markdown-it": "markdown-it/dist/browser",
    "mathlive": "mathlive",
}
