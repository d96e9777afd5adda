// Starts the console: the navigation, the page of the address, and the sign-in where the API needs a key.
import {html, render, useEffect, useState, useRef} from "./view.js";
import {PAGES} from "./pages.js";
import {href, current} from "./router.js";
import * as session from "./session.js";
import * as format from "./format.js";
import {Announcer, Boundary, Empty, ErrorNote, Field, Loading, Page} from "./ui.js";
import {SignIn, SignInAgain} from "./sign-in.js";

function useHash() {
    const [route, setRoute] = useState(current());
    useEffect(() => {
        const changed = () => setRoute(current());
        addEventListener("hashchange", changed);
        return () => removeEventListener("hashchange", changed);
    }, []);
    return route;
}

/** Renders again after a change of the key or a preference. */
function useSession() {
    const [, again] = useState(0);
    useEffect(() => session.onChange(() => again(before => before + 1)), []);
}

/** Loads the module of the page. The page before stays visible until then. */
function useModule(name) {
    const [loaded, setLoaded] = useState({name: null, view: null, error: null});
    const [attempt, setAttempt] = useState(0);
    useEffect(() => {
        let stays = true;
        PAGES[name]?.load().then(
            module => stays && setLoaded({name, view: module.default, error: null}),
            error => stays && setLoaded({name, view: null, error}));
        return () => { stays = false; };
    }, [name, attempt]);
    return {...loaded, retry: () => setAttempt(before => before + 1)};
}

/**
 * Moves the focus to the heading of another page, so that screen readers read it, and to that of the first one after the
 * sign-in, whose form had the focus.
 */
function useFocus(place, isShown, isEntered) {
    const before = useRef(isEntered ? "" : null);
    useEffect(() => {
        if (isShown && before.current !== place) {
            if (before.current !== null) {
                document.getElementById("heading")?.focus({preventScroll: true});
                scrollTo(0, 0);
            }
            before.current = place;
        }
    }, [place, isShown]);
}

function Content({route, isEntered}) {
    const page = useModule(route.page);
    const isShown = page.name === route.page;
    useFocus([route.page, ...route.path].join("/"), isShown, isEntered);
    if (!Object.hasOwn(PAGES, route.page)) {
        return html`<${Page} title="Page not found"><${Empty} title="No page has this address"
            text=${html`Open the <a href=${href("overview")}>overview</a>.`}/><//>`;
    }
    if (!isShown) {
        return html`<${Page} title=${PAGES[route.page].title}><${Loading}/><//>`;
    }
    if (page.error) {
        return html`<${Page} title=${PAGES[route.page].title}>
            <${ErrorNote} error=${new Error("This page could not be loaded. Try again. After an upgrade of the service, reload the console.")} retry=${page.retry}/><//>`;
    }
    return html`<${Boundary} key=${route.page} place=${location.hash}><${page.view} route=${route}/><//>`;
}

function Navigation({route}) {
    const [open, setOpen] = useState(false);
    useEffect(() => setOpen(false), [route.page, ...route.path]);
    return html`<nav class="navigation" aria-label="Pages">
        <div class="brand"><a href=${href("overview")}>Odometer</a>
            <button type="button" class="button small menu" aria-expanded=${open ? "true" : "false"} aria-controls="pages"
                onClick=${() => setOpen(!open)}>Menu</button></div>
        <div id="pages" class=${open ? "pages open" : "pages"}>
            <ul>${Object.entries(PAGES).map(([name, page]) => html`<li><a href=${href(name)}
                aria-current=${name === route.page ? "page" : undefined}>${page.title}</a></li>`)}
                <li><a href="api.html">API</a></li></ul>
            <${Preferences}/>
        </div>
    </nav>`;
}

function Preferences() {
    return html`<div class="preferences">
        <${Field} label="Time zone" value=${session.zone()} options=${format.zones()} onChange=${zone => session.prefer("zone", zone)}/>
        <${Field} label="Theme" value=${session.theme()} onChange=${theme => session.prefer("theme", theme)}
            options=${[{value: "system", text: "System"}, {value: "light", text: "Light"}, {value: "dark", text: "Dark"}]}/>
        ${session.currentKey() && html`<button type="button" class="button small" onClick=${session.signOut}>Sign out</button>`}
    </div>`;
}

function Console() {
    const route = useHash();
    useSession();
    const [isKeyNeeded, isPageKept] = [session.isKeyNeeded(), session.isPageKept()];
    const wasKeyNeeded = useRef(false);
    const isEntered = wasKeyNeeded.current && !isKeyNeeded;
    useEffect(() => { wasKeyNeeded.current = isKeyNeeded; });
    const skip = event => {
        event.preventDefault();
        document.getElementById("heading")?.focus();
    };
    return html`<a class="skip" href="#heading" onClick=${skip}>Skip to the content</a>
        <div class="shell">
            <${Navigation} route=${route}/>
            <main>${isKeyNeeded && (isPageKept ? html`<${SignInAgain} key="sign-in"/>` : html`<${SignIn} key="sign-in"/>`)}
                ${(!isKeyNeeded || isPageKept) && html`<div hidden=${isKeyNeeded}><${Content} route=${route} isEntered=${isEntered}/></div>`}</main>
        </div>
        <${Announcer}/>`;
}

const place = document.getElementById("app");
place.textContent = "";
render(html`<${Console}/>`, place);
