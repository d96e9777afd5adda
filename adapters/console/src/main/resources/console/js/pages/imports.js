// Imports: files of usage that the service has found in its watched folder or bucket.
import {html, useState} from "../view.js";
import {api} from "../api.js";
import {useLoad} from "../load.js";
import {change, href} from "../router.js";
import * as format from "../format.js";
import {Badge, Bar, Empty, Facts, Field, Form, Loaded, Page, Pager, Section, Table, Time} from "../ui.js";

const PER_PAGE = 50;
const RUNNING = 2000;
const IDLE = 10_000;
const STATUSES = [{value: "", text: "All"}, {value: "running", text: "Running"}, {value: "done", text: "Done"}, {value: "failed", text: "Failed"}];

export function FileStatus({status}) {
    return html`<${Badge} tone=${status === "done" ? "good" : status === "failed" ? "bad" : "warn"}>${status}<//>`;
}

function Share({one}) {
    return html`<div class="progress"><${Bar} value=${Number(one.share)} max=${1} label=${"Read of " + one.key}/>
        <span class="hint">${format.percent(Number(one.share))} of ${format.bytes(Number(one.size))} read</span></div>`;
}

export function ImportList({route: {query}}) {
    const page = Math.max(1, Number(query.page) || 1);
    const status = STATUSES.some(({value}) => value === query.status) ? query.status : undefined;
    const [running, setRunning] = useState(false);
    const load = useLoad(async signal => {
        const answer = await api.listImports({status, page, pageSize: PER_PAGE}, {signal});
        setRunning(answer.items.some(one => one.status === "running"));
        return answer;
    }, [status, page], {every: running ? RUNNING : IDLE});
    return html`
        <${Form} label="Filter"><${Field} label="Status" value=${status ?? ""} options=${STATUSES} onChange=${next => change({status: next, page: null})}/><//>
        <${Loaded} load=${load} label="Loading the imports">${({items, totalCount}) => html`
            <${Table} caption="Imports" rows=${items} keyOf=${one => one.id}
                empty=${status ? "No import has this status." : html`<${Empty} title="There are no imports yet"
                    text="Put a usage file into the watched folder or bucket: .ndjson, .json or .csv, also compressed. On one machine, the folder is files/inbox in the data directory. This command puts a file there:"
                    curl=${`echo '{"specversion":"1.0","id":"1","source":"my-file","type":"api-call","subject":"acme"}' > odometer-data/files/inbox/usage.ndjson`}/>`}
                columns=${[
                    {title: "File", wide: true, value: one => html`<a href=${href(["files", "imports", one.id])}>${one.key}</a><div class="hint">${one.container}</div>`},
                    {title: "Status", wide: true, value: one => html`<${FileStatus} status=${one.status}/>
                        ${one.status === "running" && html`<${Share} one=${one}/>`}${one.reason && html`<div>${one.reason}</div>`}`},
                    {title: "Counted", number: true, value: one => format.quantity(one.counted)},
                    {title: "Duplicates", number: true, value: one => format.quantity(one.repeated)},
                    {title: "Rejected", number: true, value: one => format.quantity(one.rejected)},
                    {title: "Started", value: one => html`<${Time} at=${one.startedAt} ago=${true}/>`},
                ]}/>
            <${Pager} page=${page} pageSize=${PER_PAGE} total=${totalCount} hrefOf=${next => href("files", {...query, page: next})}/>`}<//>`;
}

export function ImportPage({id, above}) {
    const [running, setRunning] = useState(false);
    const load = useLoad(async signal => {
        const one = await api.getImport({importId: id}, {signal});
        setRunning(one.status === "running");
        return one;
    }, [id], {every: running ? RUNNING : undefined});
    return html`<${Page} title=${load.data?.key ?? "Import"} above=${above}>
        <${Loaded} load=${load}>${one => html`
            <${Facts} items=${[
                ["Status", html`<${FileStatus} status=${one.status}/>`],
                ["Reason", one.reason],
                ["Read", html`<${Share} one=${one}/>`],
                ["Lines", format.quantity(one.lines)],
                ["Counted", format.quantity(one.counted)],
                ["Duplicates", format.quantity(one.repeated)],
                ["Rejected", format.quantity(one.rejected)],
                ["Working time", `${format.quantity(one.seconds)} s, ${format.quantity(one.linesPerSecond)} lines per second`],
                ["File", html`<code>${one.container}/${one.key}</code>`],
                ["Version", html`<code>${one.version}</code>`],
                ["Earlier version", one.earlierImportId && html`<a href=${href(["files", "imports", one.earlierImportId])}>Import of an earlier version of the file</a>`],
                ["Started", html`<${Time} at=${one.startedAt}/>`],
                ["Finished", one.finishedAt && html`<${Time} at=${one.finishedAt}/>`],
                ["Id", html`<code>${one.id}</code>`],
            ]}/>
            ${Number(one.rejected) > 0 && html`<${Section} title="Rejected lines" note=${html`Each rejected line is in the file${" "}<code>${one.key}.rejected.ndjson</code> beside the imported file, with its number, the reason and its beginning. On one machine, both files are moved to <code>files/done</code> or <code>files/failed</code>. The API does not return the lines.`}>
                <p>Correct the rejected lines and import them in a new file. Events with the same source and id are counted once.</p><//>`}
            ${one.status === "failed" && html`<${Section} title="Import the file again">
                <p>Correct the file and put it into the watched folder or bucket again. The import starts from the beginning. Lines that were counted before are duplicates.</p><//>`}`}<//>
    <//>`;
}
