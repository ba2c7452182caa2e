"""Small signs as inline SVG: plates of gates, exits and notes, and the samples of the legend."""

from __future__ import annotations

from venueplanner.domain.kind import Kind, Style

_SIGN = {
    "gate": "M5 3v9M14 3v9M5 6h9M5 9.5h9",
    "exit": "M4 7.5h9M10 4l4 3.5-4 3.5",
    "note": "M5 4.5h9M5 7.5h9M5 10.5h9",
    "assembly": "M4 7.5h3.5M15 7.5h-3.5M9.5 3v2M9.5 12v-2",
    "warning": "M9.5 3.5v4.5M9.5 11v.4",
}
PLATES = tuple(_SIGN)


def plate(symbol: str, style: Style) -> str:
    """The plate of a gate, exit or note, 19 × 15."""
    return (
        '<svg width="19" height="15" viewBox="0 0 19 15">'
        f'<rect x=".7" y=".7" width="17.6" height="13.6" rx="3" fill="{style.stroke}" stroke="#fff" '
        'stroke-width="1.4"/>'
        f'<path d="{_SIGN[symbol]}" fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round"/></svg>'
    )


def sample(kind: Kind) -> str:
    """A kind as the map draws it, 44 × 20, for the legend."""
    style = kind.style
    if style is None:
        return ""
    if style.symbol in PLATES:
        return f'<span style="width:44px;text-align:center">{plate(style.symbol, style)}</span>'
    width = min(style.width, 4.0)
    dash = " ".join(f"{part * width:.1f}" for part in style.dash)
    line = f'stroke="{style.stroke}" stroke-width="{width}"' + (f' stroke-dasharray="{dash}"' if dash else "")
    if style.symbol == "disc":
        drawn = (
            f'<rect x="9" y="1" width="26" height="18" rx="9" fill="{style.stroke}"/><text x="22" y="14" fill="#fff" '
            f'font-size="11" font-weight="bold" text-anchor="middle">{kind.tag}1</text>'
        )
    elif style.symbol == "blocks":
        drawn = "".join(
            f'<rect x="{x}" y="6" width="10" height="7" fill="{style.stroke}" stroke="{style.edge}"/>'
            for x in (3, 16, 29)
        )
    elif style.fill or "polygon" in kind.shapes:
        fill = f'fill="{style.fill or style.stroke}" fill-opacity="{style.fill_opacity}"'
        drawn = f'<rect x="4" y="3" width="36" height="14" {fill} {line}/>'
    else:
        drawn = f'<path d="M3 12L41 8" fill="none" {line}/>'
        if style.symbol == "arrow":
            drawn += f'<path d="M42 8l-9-4 1.5 9z" fill="{style.stroke}"/>'
    return f'<svg width="44" height="20" viewBox="0 0 44 20">{drawn}</svg>'
