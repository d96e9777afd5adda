// The portal: a customer sees its own usage, limits and invoices with the token of its link. The token is only in the
// memory of this module.
import {html, render, useEffect, useState} from "./view.js";
import {api, download} from "./api.js";
import {useLoad} from "./load.js";
import {Usage} from "./portal-usage.js";
import {Invoices} from "./portal-invoices.js";
import * as format from "./format.js";
import {Announcer, Badge, Bar, Boundary, Loaded, Section} from "./ui.js";

const LONGEST_TIMER = 2_000_000_000;
const NEARLY_USED = 0.8;

/** The claims of a token, to know what it shows. The service does not believe them. */
function claimsOf(token) {
    try {
        const bytes = Uint8Array.from(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), char => char.charCodeAt(0));
        return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
        return {};
    }
}

/** The functions of the API with the token. If the service refuses the token, the page ends. */
function clientOf(token, end) {
    const guard = async answer => {
        try {
            return await answer;
        } catch (error) {
            if (error.status === 401 && error.message !== "meter slug not allowed") {
                end(error.message);
            }
            throw error;
        }
    };
    return {
        call: (route, parameters, options) => guard(api[route](parameters, {...options, token})),
        download: (route, parameters, options) => guard(download(route, parameters, {...options, token})),
    };
}

function Limit({value}) {
    const {usage, balance, overage, totalAvailableGrantAmount: total, currentUsagePeriod: period} = value;
    if (value.type !== "metered") {
        return html`<li class="limit"><h3>${value.featureName}</h3><p><${Badge} tone="good">Included<//></p></li>`;
    }
    const isLimited = !value.isUnlimited && Number(total) > 0;
    const share = Number(usage) / Number(total);
    const tone = Number(balance) <= 0 ? "bad" : share >= NEARLY_USED ? "warn" : "good";
    return html`<li class="limit">
        <h3>${value.featureName}</h3>
        ${isLimited
            ? html`<p><b>${format.quantity(usage)}</b> of ${format.quantity(total)} used, ${format.quantity(balance)} left</p>
                <${Bar} value=${Math.min(Number(usage), Number(total))} max=${Number(total)} tone=${tone} label=${value.featureName + ", used"}/>`
            : html`<p><b>${format.quantity(usage)}</b> used${value.isUnlimited ? ", without a limit" : ""}</p>`}
        <p class="note">
            ${Number(overage) > 0 && html`<${Badge} tone="bad">${format.quantity(overage)} above the limit<//> `}
            ${!value.hasAccess && html`<${Badge} tone="bad">Used up<//> `}
            ${period && html`The period ends on <time datetime=${period.to}>${format.minute(period.to)}</time>.`}</p>
    </li>`;
}

function Limits({client}) {
    const load = useLoad(signal => client.call("getPortalAccess", {}, {signal}), [], {every: 60_000});
    return html`<${Section} title="Limits">
        <${Loaded} load=${load} label="Loading the limits">${({entitlements}) => entitlements.length === 0
            ? html`<p class="note">There are no limits.</p>`
            : html`<ul class="limits">${entitlements.map(value => html`<${Limit} value=${value} key=${value.featureKey}/>`)}</ul>`}<//>
    <//>`;
}

/** Reports the height of the page to the page that embeds it, and to no other origin. */
function useHeight(origin) {
    useEffect(() => {
        if (window.parent === window || !origin || URL.parse?.(origin)?.origin !== origin) {
            return undefined;
        }
        const element = document.getElementById("app");
        const observer = new ResizeObserver(() =>
            window.parent.postMessage({type: "odometer.height", height: element.offsetHeight}, origin));
        observer.observe(element);
        return () => observer.disconnect();
    }, [origin]);
}

/** Why nothing is shown, and what to do. */
function Ended({reason}) {
    const [title, text] = reason === "token expired"
        ? ["This link has expired", "Open this page from your account again to get a new link."]
        : reason === null
            ? ["This page needs a link", "Open this page from your account. The link there contains the required token."]
            : ["This link is not valid", "The link is incomplete, or its token was invalidated. Open this page from your account again to get a new link."];
    useEffect(() => {
        document.title = title;
        document.getElementById("heading")?.focus();
    }, [title]);
    return html`<header><h1 id="heading" tabindex="-1">${title}</h1></header>
        <p role="alert">${text}</p>`;
}

function Content({token, end}) {
    const claims = claimsOf(token);
    const client = clientOf(token, end);
    useEffect(() => {
        document.title = "Usage";
        // The clock of the browser may be ahead, so the service decides whether a link that is opened has expired.
        if (typeof claims.exp !== "number" || Date.now() >= claims.exp * 1000) {
            return undefined;
        }
        const check = () => Date.now() >= claims.exp * 1000 ? end("token expired") : start();
        let timer;
        const start = () => { timer = setTimeout(check, Math.min(claims.exp * 1000 - Date.now(), LONGEST_TIMER)); };
        start();
        return () => clearTimeout(timer);
    }, []);
    return html`<header><h1 id="heading" tabindex="-1">Usage</h1>
            ${claims.sub && html`<p class="note">${claims.sub}</p>`}</header>
        ${claims.AllowAccess === true && html`<${Boundary}><${Limits} client=${client}/><//>`}
        <${Boundary}><${Usage} client=${client}/><//>
        ${claims.AllowInvoices === true && html`<${Boundary}><${Invoices} client=${client}/><//>`}`;
}

/** Why a token cannot be sent: null without one, undefined if it can. */
function reasonOf(token) {
    return !token ? null : /^[\w.-]+$/.test(token) ? undefined : "malformed";
}

function shownOf(link) {
    return {link, reason: reasonOf(link.token)};
}

function Portal() {
    const [{link, reason}, setShown] = useState(() => shownOf(globalThis.portalLink.take()));
    // A late answer to a request with an earlier token does not end the page of a newer one.
    const end = why => setShown(before => before.link.token === link.token ? {link: before.link, reason: why} : before);
    useEffect(() => {
        globalThis.portalLink.onChange = () => {
            const next = globalThis.portalLink.take();
            if (next?.token) {
                setShown(shownOf(next));
            }
        };
    }, []);
    useHeight(link.origin);
    return html`<main class="portal">
            ${reason === undefined ? html`<${Content} key=${link.token} token=${link.token} end=${end}/>` : html`<${Ended} reason=${reason}/>`}
        </main><${Announcer}/>`;
}

const place = document.getElementById("app");
place.textContent = "";
render(html`<${Portal}/>`, place);
