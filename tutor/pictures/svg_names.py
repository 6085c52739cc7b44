"""The elements, attributes and functions that an SVG may keep."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _names(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon"
    " text tspan linearGradient radialGradient stop clipPath mask marker"
)
# What editors write for themselves.
DROPPED_SILENTLY = frozenset(("metadata", "namedview", "Function", "Comment"))
REFERRING = frozenset(("use", "linearGradient", "radialGradient"))
# These may be written in `style` too.
PROPERTIES = _names(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap"
    " stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color"
    " clip-path clip-rule mask marker-start marker-mid marker-end stop-color stop-opacity"
    " font-family font-size font-style font-weight font-variant font-stretch text-anchor"
    " text-decoration dominant-baseline alignment-baseline baseline-shift letter-spacing"
    " word-spacing writing-mode direction display visibility paint-order vector-effect"
    " shape-rendering text-rendering"
)
ATTRIBUTES = PROPERTIES | _names(
    "id transform viewBox preserveAspectRatio x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy"
    " width height d points pathLength rotate textLength lengthAdjust offset gradientUnits"
    " gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits markerUnits"
    " markerWidth markerHeight refX refY orient"
)
# Colours and movements; an address is recognized apart.
FUNCTIONS = _names("rgb rgba hsl hsla matrix translate scale rotate skewx skewy")
