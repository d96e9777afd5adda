// Exports: files of usage that the service writes to its file store.
import {html, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {href, open} from "../router.js";
import * as format from "../format.js";
import {announce, Button, Command, Copy, Empty, ErrorNote, Facts, Field, Form, Loaded, Loading, Page, Progress, Section, Table, Time} from "../ui.js";
import {FileStatus} from "./imports.js";
import {Several} from "./inputs.js";

const PER_PAGE = 50;
const PENDING = 2000;
const IDLE = 10_000;
const SIZES = ["MINUTE", "HOUR", "DAY", "MONTH"];
const FORMATS = ["CSV", "NDJSON"];
const NOTE = "The service writes one file for each meter, with the usage of each subject and window.";

const period = one => `${format.minute(one.from, one.windowTimeZone)} – ${format.minute(one.to, one.windowTimeZone)}`;
const rows = one => one.files.reduce((sum, file) => sum + Number(file.rows), 0);

export function ExportList({route: {query}}) {
    const [pending, setPending] = useState(false);
    const load = useLoad(async signal => {
        const all = await api.listExports({limit: PER_PAGE, before: query.before}, {signal});
        setPending(all.some(one => one.status === "pending"));
        return all;
    }, [query.before], {every: pending ? PENDING : IDLE});
    return html`<${Loaded} load=${load} label="Loading the exports">${all => html`
        <${Table} caption="Exports" rows=${all} keyOf=${one => one.id}
            empty=${query.before ? "There are no older exports." : html`<${Empty} title="There are no exports yet" text=${NOTE + " Set odometer.exports.container first."}
                curl=${curl("exportUsage", {}, {body: example()})}><a class="button primary" href=${href(["files", "exports", "new"])}>Create export</a><//>`}
            columns=${[
                {title: "Period", wide: true, value: one => html`<a href=${href(["files", "exports", one.id])}>${period(one)}</a><div class="hint">${one.windowTimeZone}</div>`},
                {title: "Status", wide: true, value: one => html`<${FileStatus} status=${one.status}/>${one.reason && html`<div>${one.reason}</div>`}`},
                {title: "Window", value: one => one.windowSize},
                {title: "Format", value: one => html`<div class="word">${one.format}</div>`},
                {title: "Meters", value: one => one.meters?.join(", ") ?? "All"},
                {title: "Files", number: true, value: one => format.quantity(one.files.length)},
                {title: "Rows", number: true, value: one => format.quantity(rows(one))},
                {title: "Requested", value: one => html`<${Time} at=${one.createdAt} ago=${true}/>`},
            ]}/>
        <div class="actions">
            ${query.before && html`<a class="button small" href=${href("files", {tab: "exports"})}>Latest exports</a>`}
            ${all.length === PER_PAGE && html`<a class="button small" href=${href("files", {tab: "exports", before: all.at(-1).id})}>Older exports</a>`}</div>`}<//>`;
}

function example() {
    const to = format.startOfDay(Date.now(), 0, "UTC");
    return {from: format.rfc3339(format.startOfDay(to, -7, "UTC")), to: format.rfc3339(to), windowSize: "DAY", format: "CSV"};
}

export function NewExport({above}) {
    const [values, setValues] = useState(() => {
        const zone = format.queryZone();
        const today = format.startOfDay(Date.now(), 0, zone);
        return {
            from: format.toLocal(format.startOfDay(today, -7, zone), zone), to: format.toLocal(today, zone),
            zone, windowSize: "DAY", format: "CSV", meters: [], revision: "0",
        };
    });
    const meters = useLoad(signal => api.listMeters({}, {signal}), []);
    const field = name => ({value: values[name], onChange: value => setValues(before => ({...before, [name]: value}))});
    const time = text => text && format.rfc3339(format.fromLocal(text, values.zone));
    const body = {
        from: time(values.from) || undefined, to: time(values.to) || undefined, windowSize: values.windowSize, windowTimeZone: values.zone,
        format: values.format, ...(values.meters.length > 0 ? {meters: values.meters} : {}), revision: Number(values.revision),
    };
    const request = useAction(async () => {
        const one = await api.exportUsage({}, {body});
        announce("The export is requested");
        open(href(["files", "exports", one.id]), {replace: true});
    });
    return html`<${Page} title="Create export" above=${above} note=${NOTE + " The same request returns the same export, and retries it if it failed."}>
        <${Form} label="Create export" onSubmit=${request.run}><div class="stack wide">
            <${Field} label="From" ...${field("from")} input=${{type: "datetime-local", required: true}}/>
            <${Field} label="To" ...${field("to")} input=${{type: "datetime-local", required: true}} hint="Not in the future. At most 31 days for minutes, 366 days for hours."/>
            <${Field} label="Window time zone" ...${field("zone")} options=${format.zones()}/>
            <${Field} label="Window" ...${field("windowSize")} options=${SIZES.map(value => ({value, text: value[0] + value.slice(1).toLowerCase()}))}/>
            <${Field} label="Format" ...${field("format")} options=${FORMATS}/>
            <${Several} label="Meter" hint="Slugs or ids. Without a meter, the export contains all meters." known=${(meters.data ?? []).map(meter => meter.slug)}
                values=${values.meters} onChange=${next => setValues(before => ({...before, meters: next}))}/>
            <${Field} label="Revision" ...${field("revision")} input=${{type: "number", min: 0, max: 9999}}
                hint="A new revision exports the same usage again into additional files, including events that arrived later."/>
            <${ErrorNote} error=${request.error}/>
            ${request.error?.status === 409 && html`<p>Set <code>odometer.exports.container</code> and a file store, then restart the service.</p>`}
            <div class="actions"><${Button} kind="primary" type="submit" busy=${request.running}>Export<//></div>
            <details><summary>Show curl command</summary><${Command} text=${curl("exportUsage", {}, {body})}/></details>
        </div><//>
    <//>`;
}

export function ExportPage({id, above}) {
    const [pending, setPending] = useState(false);
    const load = useLoad(async signal => {
        const one = await api.getExport({exportId: id}, {signal});
        if (pending && one.status !== "pending") {
            announce("Export: " + one.status);
        }
        setPending(one.status === "pending");
        return one;
    }, [id], {every: pending ? PENDING : undefined});
    return html`<${Page} title="Usage export" above=${above} note=${load.data && period(load.data)}>
        <${Loaded} load=${load}>${one => html`
            ${one.status === "pending" && (one.meters
                ? html`<${Progress} value=${one.files.length} max=${one.meters.length} label="Files written"/>`
                : html`<${Loading} label=${`Writing: ${format.quantity(one.files.length)} files written`}/>`)}
            <${Facts} items=${[
                ["Status", html`<${FileStatus} status=${one.status}/>`],
                ["Reason", one.reason],
                ["Window", `${one.windowSize}, ${one.windowTimeZone}`],
                ["Format", one.format],
                ["Meters", one.meters?.join(", ") ?? "All"],
                ["Revision", format.quantity(one.revision)],
                ["Complete until", one.countedUntil && html`<${Time} at=${one.countedUntil}/>`],
                ["Requested", html`<${Time} at=${one.createdAt}/>`],
                ["Finished", one.finishedAt && html`<${Time} at=${one.finishedAt}/>`],
                ["Id", html`<code>${one.id}</code>`],
            ]}/>
            ${one.status === "failed" && html`<p>Request the same export again to retry it, or request a shorter period.</p>`}
            <${Section} title="Files" note="The API returns the location of each file, not its content. Read the files from the bucket or folder. On one machine, each container is a subfolder of files in the data directory.">
                <${Table} caption="Files of the export" rows=${one.files} keyOf=${file => file.key}
                    empty=${one.status === "pending" ? "No file is written yet." : "The export has no files, because there was no meter."} columns=${[
                        {title: "Meter", value: file => html`<a href=${href(["meters", file.meter])}>${file.meter}</a>`},
                        {title: "File", wide: true, value: file => html`<code>${file.container}/${file.key}</code> <${Copy} text=${file.container + "/" + file.key} label=${"Copy the name of the file of " + file.meter}/>`},
                        {title: "Rows", number: true, value: file => format.quantity(file.rows)},
                        {title: "Complete until", value: file => html`<${Time} at=${file.countedUntil}/>`},
                    ]}/><//>`}<//>
    <//>`;
}
