"""Flat drawings of the sample shelf, as SVG fragments. All of them are ours, drawn for it.

`draw(name)` gives one drawing of 200 × 160 units; `band(width)` a strip of woven pattern.
"""

INK = "#1b1f29"
PAPER = "#f6f4ee"
SUNKEN = "#eeebe3"
LINE = "#dfdace"
INDIGO = "#2c3e80"
NIGHT = "#1d2648"
SOFT = "#e8ebf6"
BASALT = "#9c3d22"
RIBBON = "#e2764f"
GREEN = "#1d6841"
LEAF = "#7fb08f"
GOLD = "#e9bd5b"
STRAW = "#c9a15a"
WOOD = "#6b4a35"
SKIN = "#c98f63"
HAIR = "#2a211d"


def rect(x, y, w, h, fill, r=0):
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}"/>'


def poly(points, fill):
    return f'<polygon points="{points}" fill="{fill}"/>'


def path(d, fill="none", stroke=None, width=4):
    line = f' stroke="{stroke}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{d}" fill="{fill}"{line if stroke else ""}/>'


def circle(x, y, r, fill):
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"/>'


def ground(colour=LEAF):
    return f'<ellipse cx="100" cy="150" rx="96" ry="9" fill="{colour}"/>'


def person(x, y, coat, woman=False, child=False):
    """A seated or standing figure seen from the front, cut off at the waist, feet at `y`."""
    s = 0.72 if child else 1
    head = circle(x, y - 62 * s, 13 * s, SKIN)
    hair = f"M{x - 14 * s} {y - 60 * s} a{14 * s} {15 * s} 0 0 1 {28 * s} 0 q{-14 * s} {-9 * s} {-28 * s} 0 z"
    body = f"M{x - 24 * s} {y} v{-24 * s} q0 {-22 * s} {24 * s} {-22 * s} q{24 * s} 0 {24 * s} {22 * s} v{24 * s} z"
    bun = circle(x, y - 77 * s, 6 * s, HAIR) if woman else ""
    scarf = f"M{x - 9 * s} {y - 46 * s} L{x} {y - 32 * s} L{x + 9 * s} {y - 46 * s} z"
    return bun + path(body, coat) + path(scarf, PAPER) + head + path(hair, HAIR)


def nha_rong():
    """The communal house of the highlands: a tall roof on stilts, a ladder, a verandah."""
    stilts = "".join(rect(x, 104, 5, 46, WOOD) for x in (48, 72, 96, 123, 147))
    rungs = "".join(rect(99 - i * 1.4, 114 + i * 8, 14 + i * 2.8, 2.5, WOOD) for i in range(5))
    ridge = "".join(path(f"M{x} 16 l5 -8 l5 8", stroke=WOOD, width=2.5) for x in (66, 80, 94, 108, 122))
    return (
        ground() + stilts
        + poly("40,98 66,16 134,16 160,98", STRAW) + poly("40,98 66,16 78,16 60,98", "#dbb874")
        + "".join(path(f"M{52 + i * 4} {92 - i * 18} h{96 - i * 8}", stroke="#a9823f", width=1.6) for i in range(5))
        + ridge + rect(48, 96, 104, 12, WOOD) + rect(92, 78, 17, 26, NIGHT)
        + path("M86 80 L100.5 62 L115 80 z", "#a9823f")
        + path("M98 108 L92 150 M114 108 L120 150", stroke=WOOD, width=4) + rungs
    )


def lamp_book():
    """A reading lamp over an open book."""
    return (
        ground(LINE) + poly("96,66 140,66 168,148 60,148", "#fbeecf")
        + path("M40 148 H70 M55 148 V92 L96 48", stroke=NIGHT, width=6)
        + path("M92 34 L146 56 L138 70 L86 52 z", BASALT) + circle(116, 66, 7, GOLD)
        + path("M112 142 C96 130 78 130 62 136 V112 C78 106 96 106 112 118 z", "#fff")
        + path("M112 142 C128 130 146 130 162 136 V112 C146 106 128 106 112 118 z", PAPER)
        + path("M112 118 V142 M72 118 q14 -3 28 5 M72 126 q14 -3 28 5 M124 123 q14 -8 28 -5 M124 131 q14 -8 28 -5",
               stroke=INDIGO, width=2)
        + path("M112 142 C96 130 78 130 62 136 V112 C78 106 96 106 112 118 C128 106 146 106 162 112 V136 C146 130 128 130 112 142 z",
               stroke=INDIGO, width=3)
    )


def birth():
    """A mother with her child, and the paper that names it."""
    paper = rect(130, 30, 58, 76, "#fff", 4) + rect(130, 30, 58, 12, BASALT, 4) + "".join(
        rect(139, y, w, 4, LINE, 2) for y, w in ((52, 40), (62, 32), (72, 40)))
    seal = circle(170, 92, 8, RIBBON)
    return (
        ground() + '<g transform="translate(-26 -62) scale(1.42)">' + person(70, 148, INDIGO, woman=True)
        + path("M50 118 q20 22 46 4 q-4 -16 -24 -14 q-16 0 -22 10 z", "#fbeecf") + circle(91, 108, 9, SKIN)
        + path("M46 112 q14 26 50 12", stroke=NIGHT, width=5) + "</g>" + paper + seal
    )


def couple():
    """A young man and a young woman before the register."""
    return (
        ground() + person(66, 132, NIGHT) + person(134, 132, BASALT, woman=True)
        + rect(30, 126, 140, 10, WOOD, 2) + rect(38, 136, 6, 14, WOOD) + rect(156, 136, 6, 14, WOOD)
        + path("M100 126 C92 120 82 120 74 123 V113 C82 110 92 110 100 116 C108 110 118 110 126 113 V123 C118 120 108 120 100 126 z",
               "#fff", INDIGO, 2)
    )


def mediate():
    """Three people around a table: two neighbours and the mediator."""
    return (
        ground() + person(44, 136, BASALT) + person(156, 136, GREEN, woman=True) + person(100, 124, INDIGO)
        + f'<ellipse cx="100" cy="130" rx="66" ry="14" fill="{WOOD}"/><ellipse cx="100" cy="127" rx="66" ry="13" fill="#8a6246"/>'
        + rect(94, 138, 12, 12, WOOD) + rect(84, 120, 14, 9, "#fff", 1) + rect(106, 118, 7, 10, GOLD, 2)
    )


def home_safe():
    """A house on stilts under a sheltering hand-like roof, with a lit door."""
    return (
        ground() + path("M100 14 C64 30 40 32 26 32 C26 86 50 128 100 148 C150 128 174 86 174 32 C160 32 136 30 100 14 z", SOFT, INDIGO, 4)
        + poly("54,80 100,44 146,80", BASALT) + rect(64, 80, 72, 34, "#fff") + rect(91, 88, 18, 26, GOLD)
        + "".join(rect(x, 114, 5, 12, WOOD) for x in (68, 97, 127)) + rect(72, 88, 12, 11, INDIGO, 1) + rect(116, 88, 12, 11, INDIGO, 1)
    )


def phone():
    """A telephone with a message that asks for money, and a hand-sized warning."""
    return (
        ground(LINE) + rect(62, 14, 76, 134, NIGHT, 10) + rect(68, 26, 64, 108, PAPER, 3) + circle(100, 141, 3.5, SUNKEN)
        + rect(74, 36, 44, 24, SOFT, 6) + rect(80, 43, 30, 3, INDIGO, 1) + rect(80, 50, 22, 3, INDIGO, 1)
        + rect(82, 68, 44, 24, "#f9e5e2", 6) + rect(88, 75, 30, 3, BASALT, 1) + rect(88, 82, 20, 3, BASALT, 1)
        + path("M150 74 L180 126 H120 z", GOLD, INK, 3.5) + rect(148, 90, 4.5, 18, INK, 2) + circle(150.2, 116, 3, INK)
    )


def no_drink():
    """A key and helmet on one side, a cup on the other, parted by a line."""
    return (
        ground(LINE) + path("M34 52 H74 L69 118 Q68 128 58 128 H50 Q40 128 39 118 z", "#fff", INDIGO, 4)
        + path("M38.6 84 H69.4 L66.9 117 Q66 125.8 58 125.8 H50 Q42 125.8 41.1 117 z", GOLD)
        + path("M100 46 V134", stroke=BASALT, width=5)
        + path("M122 96 Q122 54 154 54 Q184 54 184 90 L184 98 H122 z", INDIGO) + path("M150 98 H188", stroke=NIGHT, width=6)
        + path("M150 62 q20 4 22 24", stroke=SOFT, width=3)
        + circle(132, 128, 10, GOLD) + circle(132, 128, 4, PAPER) + rect(141, 125.5, 34, 5, GOLD, 2) + rect(160, 130, 4, 8, GOLD) + rect(168, 130, 4, 6, GOLD)
    )


def loan():
    """A paper to be signed, coins and a pen."""
    coins = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="20" ry="7" fill="{GOLD}" stroke="{WOOD}" stroke-width="2"/>'
        for x, y in ((150, 138), (150, 129), (150, 120), (150, 111)))
    return (
        ground(LINE) + rect(34, 22, 88, 118, "#fff", 4) + path("M34 22 h88 v118 h-88 z", stroke=LINE, width=2)
        + rect(46, 36, 50, 7, INDIGO, 2) + "".join(rect(46, y, w, 4, LINE, 2) for y, w in ((54, 64), (64, 58), (74, 64), (84, 40)))
        + path("M48 120 q8 -14 14 -2 t14 -2 t14 0", stroke=BASALT, width=3) + path("M92 118 L126 74", stroke=NIGHT, width=6)
        + path("M92 118 l2 -9 l6 5 z", GOLD) + coins
    )


def field():
    """Terraced land with a boundary post and a coffee branch."""
    berries = "".join(circle(x, y, 4.5, BASALT) for x, y in ((150, 44), (158, 52), (142, 54), (166, 64), (150, 64)))
    return (
        path("M0 150 V96 Q50 70 100 92 T200 84 V150 z", LEAF) + path("M0 150 V116 Q60 92 110 112 T200 106 V150 z", GREEN)
        + path("M0 150 V134 Q70 118 120 134 T200 128 V150 z", "#145033")
        + rect(56, 70, 8, 50, SUNKEN) + rect(56, 70, 8, 10, BASALT)
        + path("M120 20 Q150 34 176 84", stroke=WOOD, width=4) + path("M140 32 q-22 2 -28 18 q22 2 28 -18 z", GREEN)
        + path("M160 54 q24 -4 32 10 q-22 10 -32 -10 z", GREEN) + berries
    )


def hands():
    """An older hand under a younger one: a family that holds on to its own."""
    return (
        ground() + person(60, 148, GREEN) + person(140, 148, INDIGO, woman=True) + person(100, 148, RIBBON, child=True)
        + path("M38 130 q22 22 52 8", stroke="#145033", width=9) + path("M162 130 q-22 22 -52 8", stroke=NIGHT, width=9)
        + circle(92, 137, 5.5, SKIN) + circle(108, 137, 5.5, SKIN)
    )


DRAWINGS = {f.__name__: f for f in (nha_rong, lamp_book, birth, couple, mediate, home_safe, phone, no_drink, loan, field, hands)}


def draw(name, top=0):
    """The drawing as an `<svg>` element that scales to its box, without its first `top` units."""
    return f'<svg class="drawing" viewBox="0 {top} 200 {160 - top}" xmlns="http://www.w3.org/2000/svg">{DRAWINGS[name]()}</svg>'


def band(width, height=16, dark=False):
    """A strip of woven diamonds, as on highland cloth."""
    back, one, two = (NIGHT, RIBBON, PAPER) if dark else (INDIGO, PAPER, RIBBON)
    step, half = 24, height / 2
    shapes = [rect(0, 0, width, height, back)]
    for x in range(0, int(width) + step, step):
        shapes.append(poly(f"{x},{half} {x + 8},2.5 {x + 16},{half} {x + 8},{height - 2.5}", one))
        shapes.append(poly(f"{x + 4.5},{half} {x + 8},{half - 2.7} {x + 11.5},{half} {x + 8},{half + 2.7}", back))
        shapes.append(poly(f"{x + 17.5},{half} {x + 20},{half - 2.6} {x + 22.5},{half} {x + 20},{half + 2.6}", two))
    return (f'<svg class="band" viewBox="0 0 {width} {height}" preserveAspectRatio="xMinYMid slice" '
            f'xmlns="http://www.w3.org/2000/svg">{"".join(shapes)}</svg>')
