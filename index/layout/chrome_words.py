"""General words of the web, which stand round articles more often than in them.

They are a weak signal, one among several: any article may be about any of them. `find_web_words` says which occur.
"""

import re

_TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)?|\d+|©")
_LONGEST = 4  # words in a phrase

# Phrases that hardly anything but a web page's frame is made of.
STRICT = frozenset(
    phrase.strip()
    for phrase in """
    ad, ads, advert, advertisement, advertisements, advertising, sponsored, sponsored content, sponsored by, promoted,
    story continues, story continues below, read more, read next, read also, continue reading, share this,
    share this article, share this page, share this post, share on, share via, follow us, follow us on, sign up,
    sign up for, sign up now, newsletter, newsletters, subscribe, subscribe now, subscribe to, subscription,
    subscriptions, subscriber, subscribers, unsubscribe, related articles, related article, related posts,
    related stories, related news, related content, related reading, related topics, related videos, latest articles,
    latest posts, latest stories, latest news, latest videos, recent articles, recent posts, popular articles,
    popular posts, more articles, more posts, more stories, more news, other articles, other posts, other stories,
    similar articles, recommended articles, recommended reading, recommended for you, most read, most popular,
    most viewed, you may like, you may also like, you might like, you might also like, skip to content,
    skip to main content, jump to content, jump to navigation,
    jump to search, back to top, privacy policy, privacy notice, privacy settings, cookie, cookies,
    cookie policy, cookie settings, terms of use, terms of service, terms and conditions, all rights reserved,
    free article, free articles, free trial, free access, trial period, unlimited access, offer, offers, offer ends,
    special offer, leave a comment, leave a reply, post a comment, view comments, # comments, # comment, accept all,
    accept, trending, min read, # min read, minute read, # minute read
    """.split(",")
)

# Everyday words that are buttons and menus too; they count above and below the running text only.
LOOSE = frozenset(
    phrase.strip()
    for phrase in """
    menu, search, home, print, email, e-mail, facebook, twitter, linkedin, instagram, whatsapp, pinterest, youtube,
    tiktok, rss, login, log in, log out, sign in, comment, comments, share, tweet, toggle, loading, javascript,
    previous, next, contact, contact us, about us, tags, categories, archive, archives, copyright, ©, app, apps, icon,
    logo, send by email
    """.split(",")
)

_ALL = STRICT | LOOSE
_OPENERS = frozenset(phrase.split()[0] for phrase in _ALL)


def find_web_words(text: str) -> tuple[str, ...]:
    """The phrases of STRICT and LOOSE in the text, the longest at each place, a number in them as `#`."""
    tokens = ["#" if token.isdigit() else token for token in _TOKEN.findall(text.lower())]
    if _OPENERS.isdisjoint(tokens):
        return ()
    found = []
    at = 0
    while at < len(tokens):
        size = next((size for size in range(_LONGEST, 0, -1) if " ".join(tokens[at : at + size]) in _ALL), 0)
        if size:
            found.append(" ".join(tokens[at : at + size]))
        at += size or 1
    return tuple(found)
