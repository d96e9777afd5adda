// The components of the pages. Every text is passed as a value of a template, which escapes it.
import {html, useState, useEffect, useRef, useErrorBoundary} from "./view.js";
import * as format from "./format.js";

let announcer = null;

/** Reads a short text to users of screen readers, such as "3 events loaded". */
export function announce(text) {
    if (announcer) {
        announcer.textContent = text;
    }
}

/** The live region of announce. The shell has one. */
export function Announcer() {
    return html`<div class="hidden" role="status" ref=${element => { announcer = element; }}></div>`;
}

/**
 * A page: title, actions at its right, content. Sets the title of the document.
 * @param {{title: string, actions?: *, above?: {href: string, text: string}, note?: *, children: *}} properties
 *     above: the link to the list that the page belongs to
 */
export function Page({title, actions, above, note, children}) {
    useEffect(() => {
        const before = document.title;
        document.title = title + " · Odometer";
        return () => { document.title = before; };
    }, [title]);
    return html`<div class="page">
        <header class="page-head">
            <div>
                ${above && html`<p class="above"><a href=${above.href}>${above.text}</a></p>`}
                <h1 id="heading" tabindex="-1">${title}</h1>
                ${note && html`<p class="note">${note}</p>`}
            </div>
            ${actions && html`<div class="actions">${actions}</div>`}
        </header>
        ${children}
    </div>`;
}

/** A titled part of a page. @param {{title: string, note?: *, actions?: *, children: *}} properties */
export function Section({title, note, actions, children}) {
    return html`<section class="section" aria-label=${title}>
        <header class="section-head"><h2>${title}</h2>${actions && html`<div class="actions">${actions}</div>`}</header>
        ${note && html`<p class="note">${note}</p>`}
        ${children}
    </section>`;
}

/**
 * A table that scrolls sideways on narrow screens. Columns of numbers are aligned to the right.
 * @param {{caption: string, columns: Array<{title: string, value: function(object): *, number?: boolean, wide?: boolean}>,
 *     rows: object[], keyOf?: function(object): string, empty?: *}} properties caption: read by screen readers.
 *     value: text or a template. empty: shown instead of a table without rows
 */
export function Table({caption, columns, rows, keyOf, empty}) {
    if (rows.length === 0 && empty !== undefined) {
        return typeof empty === "string" ? html`<p class="note">${empty}</p>` : empty;
    }
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
        <table>
            <caption class="hidden">${caption}</caption>
            <thead><tr>${columns.map(column => html`<th scope="col" class=${column.number ? "number" : ""}>${column.title}</th>`)}</tr></thead>
            <tbody>${rows.map((row, index) => html`<tr key=${keyOf ? keyOf(row) : index}>${columns.map(column => html`
                <td class=${(column.number ? "number " : "") + (column.wide ? "wide" : "")}>${column.value(row)}</td>`)}</tr>`)}
            </tbody>
        </table>
    </div>`;
}

/** Names and values in two columns. @param {{items: Array<[string, *]>}} properties items without a value are left out */
export function Facts({items}) {
    return html`<dl class="facts">${items.filter(([, value]) => value !== undefined && value !== null && value !== "")
        .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

let fields = 0;

/**
 * A labelled input. The parts of `input` are its attributes, such as {type: "number", min: 0}. With options it is a
 * select; an option is a text or {value, text}. With rows it is a textarea.
 * @param {{label: string, value: string, onChange: function(string): void, hint?: string, error?: string,
 *     options?: Array<string|{value: string, text: string}>, rows?: number, input?: object}} properties
 */
export function Field({label, value, onChange, hint, error, options, rows, input = {}}) {
    const id = useRef(null);
    id.current ??= "field-" + ++fields;
    const about = [hint && id.current + "-hint", error && id.current + "-error"].filter(Boolean).join(" ") || undefined;
    const common = {
        id: id.current, value, ...input, "aria-describedby": about, "aria-invalid": error ? "true" : undefined,
    };
    return html`<div class="field">
        <label for=${id.current}>${label}</label>
        ${options
            ? html`<select ...${common} onChange=${event => onChange(event.currentTarget.value)}>${options.map(option =>
                typeof option === "string"
                    ? html`<option value=${option} selected=${option === value}>${option}</option>`
                    : html`<option value=${option.value} selected=${option.value === value}>${option.text}</option>`)}</select>`
            : rows
                ? html`<textarea ...${common} rows=${rows} onInput=${event => onChange(event.currentTarget.value)}></textarea>`
                : html`<input type="text" autocomplete="off" ...${common}
                    ...${input.type?.startsWith("date")
                        ? {onChange: event => onChange(event.currentTarget.value)}
                        : {onInput: event => onChange(event.currentTarget.value)}}/>`}
        ${hint && html`<p class="hint" id=${id.current + "-hint"}>${hint}</p>`}
        ${error && html`<p class="field-error" id=${id.current + "-error"}>${error}</p>`}
    </div>`;
}

/** A labelled checkbox. @param {{label: string, checked: boolean, onChange: function(boolean): void}} properties */
export function Check({label, checked, onChange}) {
    return html`<label class="check"><input type="checkbox" checked=${checked}
        onChange=${event => onChange(event.currentTarget.checked)}/> ${label}</label>`;
}

/** A key that is held down submits a form or presses a button once. */
function pressOnce(event) {
    if (event.repeat && event.key === "Enter" && event.target.tagName !== "TEXTAREA") {
        event.preventDefault();
    }
}

/**
 * A button. While it is busy it cannot be pressed again. The second click of a double click does not repeat the action
 * of a button with `busy`: the action may have ended between the clicks.
 * @param {{onClick?: function(): void, kind?: "primary"|"danger", busy?: boolean, disabled?: boolean, type?: string, children: *}} properties
 */
export function Button({onClick, kind = "", busy, disabled = false, type = "button", children}) {
    const click = event => busy || busy !== undefined && event.detail > 1 ? event.preventDefault() : onClick?.(event);
    return html`<button type=${type} class=${"button " + kind} onClick=${click} onKeyDown=${pressOnce} disabled=${disabled}
        aria-busy=${busy ? "true" : undefined} aria-disabled=${busy ? "true" : undefined}>${children}${busy && "…"}</button>`;
}

/** A form in a row, such as filters. It is submitted by Enter. @param {{label: string, onSubmit?: function(): void, children: *}} properties */
export function Form({label, onSubmit, children}) {
    return html`<form class="form" aria-label=${label} onKeyDown=${pressOnce} onSubmit=${event => { event.preventDefault(); onSubmit?.(); }}>${children}</form>`;
}

/**
 * What to do where there is nothing yet.
 * @param {{title: string, text?: *, curl?: string|string[], children?: *}} properties curl: commands to copy. children: buttons
 */
export function Empty({title, text, curl, children}) {
    return html`<div class="empty"><h2>${title}</h2>${text && html`<p>${text}</p>`}
        ${children && html`<div class="actions">${children}</div>`}
        ${[curl ?? []].flat().map(line => html`<${Command} text=${line} key=${line}/>`)}</div>`;
}

/** A command with a button that copies it. @param {{text: string}} properties */
export function Command({text}) {
    return html`<div class="command"><pre tabindex="0" aria-label="Command">${text}</pre><${Copy} text=${text} label="Copy command"/></div>`;
}

/** JSON, indented, with a button that copies it. @param {{value: *, label: string}} properties label: read by screen readers */
export function Json({value, label}) {
    const text = JSON.stringify(value, null, 2);
    return html`<div class="command"><pre class="json" tabindex="0" role="region" aria-label=${label}>${text}</pre><${Copy} text=${text} label=${"Copy: " + label}/></div>`;
}

/** A button that copies a text. @param {{text: string, label?: string}} properties */
export function Copy({text, label = "Copy"}) {
    const [result, setResult] = useState(null);
    const copy = async () => {
        let next = "Copied";
        try {
            await navigator.clipboard.writeText(text); // There is no clipboard on an http address other than loopback.
        } catch {
            next = "Not copied: select the text";
        }
        setResult(next);
        announce(next);
        setTimeout(() => setResult(null), 2000);
    };
    return html`<button type="button" class="button small" aria-label=${label} onClick=${copy}>${result ?? "Copy"}</button>`;
}

/** An error of a request, with the violated rules if there are any. @param {{error: Error|null, retry?: function(): void, keeps?: boolean}} properties keeps: whether older data is shown below it */
export function ErrorNote({error, retry, keeps = false}) {
    if (!error) {
        return null;
    }
    return html`<div class="error" role="alert">
        <p>${error.status ? html`<b>${error.status}</b> ` : ""}${error.message}${keeps && " The data shown is from an earlier request."}</p>
        ${error.violations?.length > 0 && html`<ul>${error.violations.map(one => html`<li><code>${one.field}</code> ${one.message}</li>`)}</ul>`}
        ${error.status >= 500 && error.problem?.instance && html`<p class="note">${error.problem.instance}</p>`}
        ${retry && html`<button type="button" class="button small" onClick=${retry}>Try again</button>`}
    </div>`;
}

/** The state of something that is being loaded. @param {{label?: string}} properties */
export function Loading({label = "Loading"}) {
    return html`<p class="loading" role="status">${label}…</p>`;
}

/**
 * Data of useLoad: a loading state at first, an error above the data that was loaded before, and the data.
 * @param {{load: import("./load.js").Load, label?: string, children: function(*): *}} properties
 */
export function Loaded({load, label, children}) {
    const has = load.data !== undefined;
    return html`<div class=${load.loading && has ? "loaded refreshing" : "loaded"} aria-busy=${load.loading ? "true" : "false"}>
        <${ErrorNote} error=${load.error} retry=${load.reload} keeps=${has}/>
        ${has ? children(load.data) : !load.error && html`<${Loading} label=${label}/>`}
    </div>`;
}

/** A share of a whole. @param {{value: number, max: number, label: string, tone?: "good"|"warn"|"bad"}} properties */
export function Bar({value, max, label, tone = "good"}) {
    const share = max > 0 ? Math.max(0, Math.min(1, value / max)) : 0;
    return html`<div class=${"bar " + tone} role="meter" aria-label=${label} aria-valuemin="0" aria-valuemax=${max} aria-valuenow=${value}>
        <div style=${{width: share * 100 + "%"}}></div></div>`;
}

/** Progress of long work. @param {{value: number, max: number, label: string}} properties */
export function Progress({value, max, label}) {
    return html`<div class="progress"><progress value=${value} max=${max} aria-label=${label}></progress>
        <span>${label}: ${format.quantity(value)} of ${format.quantity(max)}</span></div>`;
}

/** A status. @param {{tone?: "good"|"warn"|"bad"|"", children: *}} properties */
export function Badge({tone = "", children}) {
    return html`<span class=${"badge " + tone}>${children}</span>`;
}

/** The state of the delivery of a notification. @param {{state: string}} properties as the API names it */
export function DeliveryState({state}) {
    return html`<${Badge} tone=${state === "SUCCESS" ? "good" : state === "FAILED" ? "bad" : "warn"}>${state}<//>`;
}

/** Links that switch parts of a page; the choice is in the address. @param {{label: string, tabs: Array<{id: string, text: string, href: string}>, current: string}} properties */
export function Tabs({label, tabs, current}) {
    return html`<nav class="tabs" aria-label=${label}>${tabs.map(tab => html`
        <a href=${tab.href} aria-current=${tab.id === current ? "page" : undefined}>${tab.text}</a>`)}</nav>`;
}

/** A time as text, with the exact time in UTC as its title. @param {{at: string|undefined, ago?: boolean}} properties */
export function Time({at, ago = false}) {
    return at ? html`<time datetime=${at} title=${at}>${ago ? format.ago(at) : format.time(at)}</time>` : "–";
}

/** Links to the previous and the next page. @param {{page: number, pageSize: number, total: number, hrefOf: function(number): string}} properties */
export function Pager({page, pageSize, total, hrefOf}) {
    const last = Math.max(1, Math.ceil(total / pageSize));
    if (last === 1) {
        return null;
    }
    return html`<nav class="pager" aria-label="Pages">
        ${page > 1 ? html`<a class="button small" href=${hrefOf(page - 1)}>Previous</a>` : ""}
        <span>Page ${format.quantity(page)} of ${format.quantity(last)}, ${format.quantity(total)} in total</span>
        ${page < last ? html`<a class="button small" href=${hrefOf(page + 1)}>Next</a>` : ""}
    </nav>`;
}

/** A dialog over the page. Escape closes it, and the focus returns. @param {{title: string, open: boolean, onClose: function(): void, children: *}} properties */
export function Dialog({title, open, onClose, children}) {
    const element = useRef(null);
    useEffect(() => {
        if (open && !element.current.open) {
            element.current.showModal();
        } else if (!open && element.current.open) {
            element.current.close();
        }
    }, [open]);
    return html`<dialog ref=${element} aria-label=${title} onClose=${onClose}>
        ${open && html`<h2>${title}</h2>${children}`}
    </dialog>`;
}

/**
 * A button whose action needs a confirmation.
 * @param {{text: string, question: string, confirm?: string, onConfirm: function(): Promise<*>, kind?: string, busy?: boolean}} properties
 */
export function Confirm({text, question, confirm = text, onConfirm, kind = "danger", busy = false}) {
    const [open, setOpen] = useState(false);
    const close = () => setOpen(false);
    return html`<${Button} kind=${kind} busy=${busy} onClick=${() => setOpen(true)}>${text}<//>
        <${Dialog} title=${text} open=${open} onClose=${close}>
            <p>${question}</p>
            <div class="actions"><${Button} onClick=${close}>Cancel<//>
            <${Button} kind=${kind} onClick=${() => { close(); onConfirm(); }}>${confirm}<//></div>
        <//>`;
}

/**
 * Catches errors of the views in it, so that the navigation keeps working.
 * @param {{place?: string, children: *}} properties place: the address; another one shows the views again
 */
export function Boundary({place, children}) {
    const [error, reset] = useErrorBoundary(error => console.error(error));
    useEffect(() => {
        if (error) {
            reset();
        }
    }, [place]);
    return error
        ? html`<${Page} title="This page could not be displayed"><${ErrorNote} error=${error} retry=${reset}/><//>`
        : children;
}
