// The dead letters in the database: messages that can never be processed, with the reason.
import {html, useEffect, useState} from "../view.js";
import {api} from "../api.js";
import {useLoad} from "../load.js";
import {change, href} from "../router.js";
import * as format from "../format.js";
import {Badge, Button, Field, Form, Json, Loaded, Section, Table, Time} from "../ui.js";

const PER_PAGE = 50;
const READ = 100;
const SHOWN = 20;
const FIELDS = ["channel", "origin", "reason", "from", "to"];

/** The bodies in the answer are cut, so not each JSON can be read. */
function parsed(text) {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** The type of the event in a message, or undefined if it cannot be determined. */
function typeOf(letter) {
    const type = letter.attributes.type ?? parsed(letter.body)?.type;
    return typeof type === "string" ? type : undefined;
}

/** The page of the list, or null where the service has no store of dead letters. */
export async function deadLetters(parameters, signal) {
    try {
        return await api.listDeadLetters(parameters, {signal});
    } catch (error) {
        if (error.status === 409) {
            return null;
        }
        throw error;
    }
}

function Body({letter}) {
    const value = parsed(letter.body);
    return html`<details><summary><code>${letter.messageId}</code></summary><div class="stack">
        <p class="hint">Origin <code>${letter.origin}</code>${letter.contentType && html`, content type <code>${letter.contentType}</code>`},${" "}
            ${letter.bodySize === 1 ? "1 byte" : `${format.quantity(letter.bodySize)} bytes`}${letter.bodySize > 4096 && ", of which the first 4,096 are shown"}</p>
        ${Object.keys(letter.attributes).length > 0 && html`<${Json} value=${letter.attributes} label=${"Attributes of message " + letter.messageId}/>`}
        ${value === undefined ? html`<div class="command"><pre class="json" tabindex="0" role="region" aria-label=${"Body of message " + letter.messageId}>${letter.body || "(empty)"}</pre></div>`
            : html`<${Json} value=${value} label=${"Body of message " + letter.messageId}/>`}</div></details>`;
}

function Letters({rows, caption, empty}) {
    return html`<${Table} caption=${caption} rows=${rows} keyOf=${letter => letter.id} empty=${empty} columns=${[
        {title: "Stored", value: letter => html`<${Time} at=${letter.storedAt}/>`},
        {title: "Channel", value: letter => html`<${Badge}>${letter.channel}<//>`},
        {title: "Reason", wide: true, value: letter => letter.reason},
        {title: "Message", wide: true, value: letter => html`<${Body} letter=${letter}/>`},
    ]}/>`;
}

const NO_STORE = "This service stores no dead letters in its database. They are in the queue or the topic of the platform.";

/** Of a meter: the last messages that were not stored as events and have its event type, or a type that cannot be determined. */
export function RejectedMessages({meter}) {
    const load = useLoad(signal => deadLetters({channel: "usage", limit: READ}, signal), [meter.id]);
    return html`<${Section} title="Messages not stored" actions=${html`<a href=${href(["events", "dead-letters"], {channel: "usage"})}>All dead letters</a>`}
        note=${html`Messages of queues and topics that could not become events, with the reason. Those of the type <code>${meter.eventType}</code> are shown, and those whose type cannot be determined.`}>
        <${Loaded} load=${load} label="Reading the last dead letters">${answer => {
            if (answer === null) {
                return html`<p class="note">${NO_STORE}</p>`;
            }
            const found = answer.items.filter(letter => [undefined, meter.eventType].includes(typeOf(letter)));
            return html`<${Letters} rows=${found.slice(0, SHOWN)} caption="Messages not stored" empty=${answer.items.length === 0
                ? "There are no dead letters of events in the database." : `None of the last ${format.quantity(answer.items.length)} dead letters has this type.`}/>
                ${found.length > SHOWN && html`<p class="note">The last ${SHOWN} are shown.</p>`}`;
        }}<//>
    <//>`;
}

function valuesOf(query) {
    const local = text => format.parsed(text) === undefined ? "" : format.toLocal(format.parsed(text));
    return {...Object.fromEntries(FIELDS.map(name => [name, query[name] ?? ""])), from: local(query.from), to: local(query.to)};
}

function Filters({query}) {
    const [values, setValues] = useState(valuesOf(query));
    useEffect(() => setValues(valuesOf(query)), [JSON.stringify(valuesOf(query))]);
    const field = name => ({value: values[name], onChange: value => setValues(before => ({...before, [name]: value}))});
    const time = text => text && format.rfc3339(format.fromLocal(text));
    return html`<${Form} label="Filters" onSubmit=${() => change({...values, from: time(values.from), to: time(values.to), cursor: null})}>
        <${Field} label="Channel" ...${field("channel")} input=${{list: "known-channels"}}/>
        <datalist id="known-channels"><option value="usage"></option><option value="files"></option></datalist>
        <${Field} label="Origin" ...${field("origin")}/>
        <${Field} label="Reason contains" ...${field("reason")}/>
        <${Field} label="From" ...${field("from")} input=${{type: "datetime-local"}}/>
        <${Field} label="To" ...${field("to")} input=${{type: "datetime-local"}}/>
        <${Button} kind="primary" type="submit">Apply filters<//>
        ${FIELDS.some(name => query[name]) && html`<a class="button" href=${href(["events", "dead-letters"])}>Clear filters</a>`}
    <//>`;
}

/** The list with filters, latest first. */
export function DeadLetters({query}) {
    const {channel, origin, reason, from, to, cursor} = query;
    const load = useLoad(signal => deadLetters({channel, origin, reason, from, to, cursor, limit: PER_PAGE}, signal), [JSON.stringify(query)], {keep: false});
    const isFiltered = FIELDS.some(name => query[name]) || cursor;
    return html`<${Filters} query=${query}/>
        <${Section} title="Dead letters" note=${html`Messages of queues, topics and folders that can never be processed, as they arrived. Correct the cause, then replay them with the command <code>replay</code>. A request that the API rejects is not stored: the response states the reason.`}>
            <${Loaded} load=${load} label="Loading the dead letters">${answer => answer === null ? html`<p class="note">${NO_STORE}</p>`
                : html`<${Letters} rows=${answer.items} caption="Dead letters" empty=${isFiltered
                    ? "No dead letter matches these filters. Remove one, or choose a longer range." : "There are no dead letters in the database. Every message was processed."}/>
                <div class="actions">
                    ${cursor && html`<a class="button small" href=${href(["events", "dead-letters"], {...query, cursor: null})}>Latest dead letters</a>`}
                    ${answer.nextCursor && html`<a class="button small" href=${href(["events", "dead-letters"], {...query, cursor: answer.nextCursor})}>Older dead letters</a>`}
                </div>`}<//>
        <//>`;
}
