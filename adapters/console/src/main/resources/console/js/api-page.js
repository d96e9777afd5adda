// The interactive page of the API: Swagger UI over the document that the service describes itself with.
import {html, render, useEffect, useRef, useState} from "./view.js";
import {api} from "./api.js";
import {useLoad} from "./load.js";
import * as session from "./session.js";
import {Announcer, ErrorNote, Loading} from "./ui.js";
import {SignIn} from "./sign-in.js";

/** Adds the key to requests to the API, and to no others. */
function withKey(request) {
    if (session.currentKey() && new URL(request.url, document.baseURI).origin === location.origin) {
        request.headers.Authorization = "Bearer " + session.currentKey();
    }
    return request;
}

function Document({description}) {
    const place = useRef(null);
    useEffect(() => {
        globalThis.SwaggerUIBundle({
            spec: description,
            tagsSorter: "alpha",
            domNode: place.current,
            requestInterceptor: withKey,
            docExpansion: "none",
            filter: true,
            deepLinking: false,
            validatorUrl: null,
            syntaxHighlight: false,
        });
    }, []);
    return html`<div ref=${place}></div>`;
}

/** The theme of Swagger UI follows that of the console. */
function followTheme() {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const apply = () => document.documentElement.classList.toggle("dark-mode",
        session.theme() === "dark" || session.theme() === "system" && dark.matches);
    dark.addEventListener("change", apply);
    apply();
}

function ApiPage() {
    const [, again] = useState(0);
    useEffect(() => session.onChange(() => again(before => before + 1)), []);
    const load = useLoad(signal => api.describeApi({}, {signal}), []);
    if (session.isKeyNeeded()) {
        return html`<main class="api-page"><${SignIn}/></main>`;
    }
    return html`<header class="api-head"><p><a href="index.html">Odometer</a></p><h1 id="heading" tabindex="-1">API</h1>
            <p class="note">All functions of the API, from its OpenAPI document. Requests that you send from this page run on the service and can change data.</p></header>
        <div class="api-page">
            <${ErrorNote} error=${load.error} retry=${load.reload}/>
            ${load.data ? html`<${Document} description=${load.data}/>` : !load.error && html`<${Loading}/>`}
        </div>
        <${Announcer}/>`;
}

followTheme();
const place = document.getElementById("app");
place.textContent = "";
render(html`<${ApiPage}/>`, place);
