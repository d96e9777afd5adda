// Sends a test event. The text of the form is sent as it is, so that the API sees every digit and every mistake.
import {html, useRef, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useAction} from "../load.js";
import {announce, Button, Command, ErrorNote, Facts, Field, Form, Json, Section} from "../ui.js";

const ONE = "application/cloudevents+json";
const BATCH = "application/cloudevents-batch+json";

function put(data, path, value) {
    const names = path.startsWith("$.") ? path.slice(2).split(".") : [];
    if (names.length === 0 || names.some(name => !/^\w+$/.test(name))) {
        return; // A path with indexes or quoted names is left to the user.
    }
    let place = data;
    for (const name of names.slice(0, -1)) {
        place = place[name] ??= {};
    }
    if (typeof place === "object") {
        place[names.at(-1)] ??= value;
    }
}

/** An event that the meter counts, and every other meter of its type. */
function sample(meter, meters, id) {
    const data = {};
    const others = meters.filter(one => one !== meter && one.eventType === meter?.eventType);
    for (const {valueProperty, aggregation, groupBy} of [meter ?? {}, ...others]) {
        if (valueProperty) {
            put(data, valueProperty, aggregation === "UNIQUE_COUNT" ? "value-1" : 1);
        }
        for (const [key, path] of Object.entries(groupBy ?? {})) {
            put(data, path, key + "-1");
        }
    }
    return JSON.stringify({specversion: "1.0", id, source: "console", type: meter?.eventType ?? "api-call", subject: "test", data}, null, 2);
}

/** Where the API found the error, from its sentence: "[1].subject must be a string: 5". */
function placeOf(error, events) {
    const sentence = error.message.replace(/^validation error: /, "");
    const [, index, rest] = /^(?:\[(\d+)\][.:]?\s*)?(.*)$/s.exec(sentence);
    const field = /^([A-Za-z_]\w*(?:[.[][\w.\]]*)?) (?:must|is|has|may|cannot|exceeds)\b/.exec(rest)?.[1];
    const number = index === undefined ? undefined : Number(index);
    return {sentence, field, index: number, event: number === undefined ? undefined : events[number]};
}

class NotJson extends Error {}

function parsed(text) {
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new NotJson("This is not valid JSON and was not sent: " + error.message);
    }
}

function Refused({error, events}) {
    const {sentence, field, index, event} = placeOf(error, events);
    return html`<div class="error" role="alert">
        <p><b>400</b> The API rejected ${index === undefined ? "the event" : `the event at index ${index}`}. ${events.length > 1 && "Nothing of the batch is stored."}</p>
        <${Facts} items=${[
            ["Index", index === undefined ? undefined : `${index} (${index + 1} of ${events.length})`],
            ["Field", field && html`<code>${field}</code>`],
            ["Reason", sentence],
        ]}/>
        ${event !== undefined && html`<${Json} value=${event} label=${`The event at index ${index}`}/>`}
    </div>`;
}

/** @param {{meters: object[], onSent: function(): void}} properties */
export function SendEvent({meters, onSent}) {
    const [slug, setSlug] = useState(meters[0]?.slug ?? "");
    const id = useRef(null);
    id.current ??= crypto.randomUUID?.() ?? String(Date.now());
    const [text, setText] = useState(() => sample(meters[0], meters, id.current));
    const [sent, setSent] = useState(null);
    const events = useRef([]);
    const sending = useAction(async () => {
        setSent(null);
        const value = parsed(text);
        events.current = [value].flat();
        await api.ingestEvents({}, {body: text, type: Array.isArray(value) ? BATCH : ONE});
        const before = id.current;
        id.current = crypto.randomUUID?.() ?? String(Date.now());
        setText(text.replaceAll(before, id.current));
        setSent({count: events.current.length, renewed: text.includes(before)});
        announce("Sent");
        onSent();
    });
    const choose = next => {
        setSlug(next);
        setSent(null);
        sending.clear();
        setText(sample(meters.find(meter => meter.slug === next), meters, id.current));
    };
    const refused = sending.error?.status === 400;
    return html`<${Section} title="Send test event" note="The event is stored and counted like any other. Events cannot be deleted. Use a subject that belongs to no customer.">
        <${Form} label="Test event" onSubmit=${sending.run}>
            <div class="stack wide">
                ${meters.length > 0 && html`<${Field} label="Example for the meter" value=${slug} onChange=${choose}
                    options=${meters.map(meter => ({value: meter.slug, text: meter.name}))}/>`}
                <${Field} label="Event, or an array of events" value=${text} rows=${12} onChange=${next => { setText(next); sending.clear(); }}
                    input=${{spellcheck: "false"}} error=${sending.error instanceof NotJson ? sending.error.message : undefined}/>
                <div class="actions"><${Button} kind="primary" type="submit" busy=${sending.running}>Send<//></div>
                ${refused ? html`<${Refused} error=${sending.error} events=${events.current}/>`
                    : !(sending.error instanceof NotJson) && html`<${ErrorNote} error=${sending.error}/>`}
                ${sent && html`<p role="status">${sent.count === 1 ? "The event was accepted." : `${sent.count} events were accepted.`}
                    ${" "}Events with the same source and id are counted once. ${sent.renewed && "The form now contains a new event id."}</p>`}
                <details><summary>Show curl command</summary><${Command} text=${curl("ingestEvents", {}, {body: text, type: text.trimStart().startsWith("[") ? BATCH : ONE})}/></details>
            </div>
        <//>
    <//>`;
}
