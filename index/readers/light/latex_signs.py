"""What commands of LaTeX stand for: signs, accents, or nothing that is read."""

DROPPED = {  # commands whose arguments are not read, and how many they have
    "label": 1, "ref": 1, "eqref": 1, "pageref": 1, "autoref": 1, "cref": 1, "Cref": 1, "cite": 1, "citep": 1,
    "citet": 1,
    "parencite": 1, "textcite": 1, "autocite": 1, "nocite": 1, "bibliography": 1, "bibliographystyle": 1,
    "usepackage": 1, "documentclass": 1, "includegraphics": 1, "vspace": 1, "hspace": 1, "vspace*": 1, "hspace*": 1,
    "setlength": 2, "setcounter": 2, "addtocounter": 2, "newcommand": 2, "renewcommand": 2, "newcommand*": 2, "def": 1,
    "newenvironment": 3, "newtheorem": 2, "pagestyle": 1, "thispagestyle": 1, "hypersetup": 1, "geometry": 1,
    "color": 1, "definecolor": 3, "index": 1, "hyphenation": 1, "cline": 1, "cmidrule": 1, "phantom": 1, "rule": 2,
    "RequirePackage": 1, "graphicspath": 1, "DeclareMathOperator": 2, "fontsize": 2, "addcontentsline": 3,
}  # fmt: skip
SIGNS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "∼",
    "equiv": "≡", "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "div": "÷", "infty": "∞", "sum": "∑", "prod": "∏",
    "int": "∫", "partial": "∂", "nabla": "∇", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪",
    "cap": "∩", "forall": "∀", "exists": "∃", "to": "→", "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒",
    "ldots": "…", "dots": "…", "cdots": "⋯", "degree": "°", "circ": "°", "textdegree": "°", "euro": "€",
    "texteuro": "€",
    "pounds": "£", "copyright": "©", "textregistered": "®", "texttrademark": "™", "S": "§", "P": "¶", "ss": "ß",
    "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı",
    "LaTeX": "LaTeX", "TeX": "TeX", "textbackslash": "\\", "textasciitilde": "~", "textendash": "–", "textemdash": "—",
    "quad": " ", "qquad": " ", "today": "", "mid": "|", "langle": "⟨", "rangle": "⟩", "sqrt": "√", "ast": "*",
    "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", ",": " ", ";": " ", ":": " ",
    "\n": " ",
}  # fmt: skip
ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
ACCENTS |= {"c": "\u0327", "v": "\u030c", "H": "\u030b", "k": "\u0328", "r": "\u030a", "u": "\u0306"}
