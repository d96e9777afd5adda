// Runs before everything else on the page of the portal: takes the token out of the address, so that it is not in the
// history, a bookmark or a copied address, and applies the theme. It is a classic script, because a module would run only
// after all files are loaded.
(() => {
    /** The link: #token=…, with theme=light or dark, and origin= of the page that embeds this one. */
    function read() {
        const given = new URLSearchParams(location.hash.slice(1));
        if (location.href.includes("#")) {
            history.replaceState(null, "", location.pathname + location.search);
        }
        const theme = given.get("theme");
        if (theme === "light" || theme === "dark") {
            document.documentElement.dataset.theme = theme;
        }
        return {token: given.get("token"), origin: given.get("origin")};
    }

    let link = read();
    const portalLink = {
        /** Returns the latest link once. The token is then only in the memory of its caller. */
        take() {
            const taken = link;
            link = null;
            return taken;
        },
        /** Called when the page that embeds this one sets another link, such as one with a new token. */
        onChange: null,
    };
    addEventListener("hashchange", () => {
        if (location.hash !== "") {
            link = read();
            portalLink.onChange?.();
        }
    });
    globalThis.portalLink = portalLink;
})();
