// The usage of one meter: a chart and a table of the same query, its CSV, and the events that it does not count.
import {html, useState} from "../view.js";
import {api, curl, download} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {change, href} from "../router.js";
import {Chart} from "../chart.js";
import {endOfMinute, MAX_SERIES, RANGES, seriesOf} from "../usage.js";
import * as format from "../format.js";
import {RejectedMessages} from "./dead-letters.js";
import {Button, Command, ErrorNote, Facts, Field, Form, Loaded, Page, Section, Table, Time} from "../ui.js";

const DAY = 86_400_000;
const SIZES = ["MINUTE", "HOUR", "DAY", "MONTH"];
const ROWS = 100;

/** The query of the address: a relative range, or from and to; window, zone, groups and filters. */
function queryOf(route, meter) {
    const start = format.parsed(route.query.from);
    const range = RANGES[route.query.range] ?? (start === undefined ? RANGES["30d"] : null);
    const windowSize = SIZES.includes(route.query.windowSize) ? route.query.windowSize : range?.windowSize ?? "DAY";
    const timeZone = format.isZone(route.query.zone) ? route.query.zone : format.queryZone();
    const to = range ? endOfMinute() : format.parsed(route.query.to) ?? endOfMinute();
    const from = !range ? start
        : windowSize === "HOUR" || windowSize === "MINUTE" ? to - range.days * DAY : format.startOfDay(to, 1 - range.days, timeZone);
    const filters = {};
    for (const filter of route.all("filter")) {
        const [key, value] = filter.split(/=(.*)/s);
        if (Object.hasOwn(meter.groupBy ?? {}, key)) {
            (filters[key] ??= []).push(value);
        }
    }
    const subjects = route.all("subject");
    return {
        from, to, windowSize, timeZone, isCustom: !range,
        groupBy: route.all("groupBy").filter(key => key === "subject" || Object.hasOwn(meter.groupBy ?? {}, key)),
        filters, subjects,
    };
}

function bodyOf({from, to, windowSize, timeZone, groupBy, filters, subjects}, total = false) {
    return {
        from: format.rfc3339(from), to: format.rfc3339(to),
        ...(total ? {} : {windowSize, windowTimeZone: timeZone}),
        ...(groupBy.length > 0 && !total ? {groupBy} : {}),
        ...(Object.keys(filters).length > 0 ? {filterGroupBy: filters} : {}),
        ...(subjects.length > 0 ? {subject: subjects} : {}),
    };
}

function groupOf(row, groupBy, subjects) {
    const keys = groupBy.length > 0 || subjects.length === 0 ? groupBy : ["subject"];
    return keys.map(key => key === "subject" ? row.subject : row.groupBy?.[key]).map(value => value || "(none)").join(", ");
}

function Filters({meter, query, route}) {
    const keys = Object.keys(meter.groupBy ?? {});
    const custom = query.isCustom;
    const setRange = range => range === "custom"
        ? change({range: null, from: format.rfc3339(query.from), to: format.rfc3339(query.to)})
        : change({range, from: null, to: null, windowSize: null});
    const setTime = (name, text) => text && change({range: null, from: format.rfc3339(query.from), to: format.rfc3339(query.to),
        [name]: format.rfc3339(format.fromLocal(text, query.timeZone))});
    return html`<${Form} label="Query">
        <${Field} label="Range" value=${custom ? "custom" : RANGES[route.query.range] ? route.query.range : "30d"} onChange=${setRange}
            options=${[...Object.entries(RANGES).map(([value, {text}]) => ({value, text})), {value: "custom", text: "From and to"}]}/>
        ${custom && html`<${Field} label="From" value=${format.toLocal(query.from, query.timeZone)} input=${{type: "datetime-local"}} onChange=${text => setTime("from", text)}/>
            <${Field} label="To" value=${format.toLocal(query.to, query.timeZone)} input=${{type: "datetime-local"}} onChange=${text => setTime("to", text)}/>`}
        <${Field} label="Window" value=${query.windowSize} onChange=${windowSize => change({windowSize})}
            options=${SIZES.map(value => ({value, text: value[0] + value.slice(1).toLowerCase()}))}/>
        <${Field} label="Window time zone" value=${query.timeZone} options=${[...new Set([query.timeZone, ...format.zones()])]} onChange=${zone => change({zone})}/>
        <${Field} label="Group by" value=${query.groupBy[0] ?? ""} onChange=${groupBy => change({groupBy})}
            options=${[{value: "", text: "Nothing"}, "subject", ...keys]}/>
    <//>
    <${FilterForm} meter=${meter} keys=${keys} route=${route} query=${query}/>`;
}

/** Adds and removes filters on subjects and group-by keys. */
function FilterForm({meter, keys, route, query}) {
    const [key, setKey] = useState("subject");
    const [value, setValue] = useState("");
    const to = format.rfc3339(Math.min(query.to, Date.now()));
    const from = format.rfc3339(Math.max(query.from, Date.parse(to) - 30 * DAY, Date.now() - 89 * DAY));
    // Suggestions only: a value that is not suggested can be entered.
    const known = useLoad(async signal => {
        const range = {from, to};
        const values = key === "subject"
            ? await api.listMeterSubjects({meterIdOrSlug: meter.slug, ...range}, {signal})
            : await api.listMeterGroupByValues({meterIdOrSlug: meter.slug, groupByKey: key, ...range}, {signal});
        return values.slice(0, 1000);
    }, [meter.id, key], {keep: false});
    const add = () => {
        if (key === "subject" && value !== "") {
            change({subject: [...route.all("subject"), value]});
        } else if (key !== "subject") {
            change({filter: [...route.all("filter"), key + "=" + value]});
        }
        setValue("");
    };
    const remove = (name, filter) => change({[name]: route.all(name).filter(one => one !== filter)});
    return html`<${Form} label="Filters" onSubmit=${add}>
        <${Field} label="Filter by" value=${key} onChange=${setKey} options=${["subject", ...keys]}/>
        <${Field} label="Value" value=${value} onChange=${setValue} input=${{list: "known-values"}}/>
        <datalist id="known-values">${(known.data ?? []).map(one => html`<option value=${one}></option>`)}</datalist>
        <${Button} type="submit">Add filter<//>
        ${route.all("subject").map(one => html`<${Button} key=${"s" + one} onClick=${() => remove("subject", one)}>Remove filter: subject is ${one}<//>`)}
        ${route.all("filter").map(one => html`<${Button} key=${"f" + one} onClick=${() => remove("filter", one)}>Remove filter: ${one.replace("=", " is ")}<//>`)}
    <//>`;
}

function Rows({rows, query, meter}) {
    const [count, setCount] = useState(ROWS);
    const latest = rows.slice(-count).reverse();
    const keys = query.groupBy.length > 0 ? query.groupBy : query.subjects.length > 0 ? ["subject"] : [];
    return html`<${Table} caption=${"Usage of " + meter.name} rows=${latest}
        empty="No usage in this range. Choose a longer range, or check “Events not counted” below."
        columns=${[
            {title: "Window", wide: true, value: row => format.windowStart(row.windowStart, query.windowSize, query.timeZone)},
            ...keys.map(key => ({title: key, value: row => (key === "subject" ? row.subject : row.groupBy?.[key]) || "(none)"})),
            {title: meter.aggregation, number: true, value: row => format.quantity(row.value)},
        ]}/>
        ${rows.length > count && html`<div class="actions"><${Button} onClick=${() => setCount(count * 5)}>Show more<//>
            <span class="note">${format.quantity(count)} of ${format.quantity(rows.length)} rows, the latest first</span></div>`}`;
}

function Usage({meter, route}) {
    const query = queryOf(route, meter);
    const body = bodyOf(query);
    const load = useLoad(async signal => {
        const [windows, total] = await Promise.all([
            api.queryUsage({meterIdOrSlug: meter.slug}, {body, signal}),
            api.queryUsage({meterIdOrSlug: meter.slug}, {body: bodyOf({...query, subjects: []}, true), signal}),
        ]);
        return {rows: windows.data, total: query.subjects.length > 0 ? null : total.data[0]?.value, query};
    }, [meter.id, JSON.stringify({...body, to: query.isCustom ? body.to : route.query.range, from: route.query.from})]);
    const csv = useAction(() => download("queryUsage", {meterIdOrSlug: meter.slug}, {body, accept: "text/csv", filename: meter.slug + ".csv"}));
    return html`<${Filters} meter=${meter} query=${query} route=${route}/>
        <${Section} title="Usage" actions=${html`<${Button} busy=${csv.running} onClick=${csv.run}>Download CSV<//>`}>
            <${ErrorNote} error=${csv.error}/>
            <${Loaded} load=${load} label="Loading the usage">${data => {
                const {shown, left} = seriesOf(data.rows, data.query, meter,
                    row => groupOf(row, data.query.groupBy, data.query.subjects) || meter.name);
                return html`
                    <p class="note">${data.total !== null && data.total !== undefined && html`<b>${format.quantity(data.total)}</b> in the whole range, `}
                        ${format.minute(data.query.from, data.query.timeZone)} to ${format.minute(data.query.to, data.query.timeZone)}, ${data.query.timeZone}.
                        ${left > 0 && ` The chart shows the ${MAX_SERIES} largest groups; ${format.quantity(left)} more are in the table.`}</p>
                    ${shown.length > 0 && html`<${Chart} title=${meter.name} series=${shown} kind=${shown.length === 1 ? "bars" : "line"}
                        timeZone=${data.query.timeZone} windowSize=${data.query.windowSize} table=${false}/>`}
                    <${Rows} rows=${data.rows} query=${data.query} meter=${meter}/>`;
            }}<//>
            <details><summary>Show curl command</summary><${Command} text=${curl("queryUsage", {meterIdOrSlug: meter.slug}, {body})}/></details>
        <//>`;
}

const PAGES_TO_READ = 5;
const PER_PAGE = 100;

/** Reads stored events of the type, latest first, and keeps those that are not counted. */
async function notCounted(meter, cursor, signal) {
    const found = [];
    let read = 0;
    let next = cursor;
    for (let page = 0; page < PAGES_TO_READ && found.length < 20; page++) {
        const answer = await api.listEventsV2(
            {limit: PER_PAGE, cursor: next, filter: JSON.stringify({type: {$eq: meter.eventType}})}, {signal});
        read += answer.items.length;
        found.push(...answer.items.filter(entry => format.reasons(entry).length > 0));
        next = answer.nextCursor;
        if (!next) {
            break;
        }
    }
    return {found, read, next};
}

function NotCounted({meter}) {
    const [more, setMore] = useState({found: [], read: 0, next: undefined});
    const load = useLoad(signal => notCounted(meter, undefined, signal), [meter.id]);
    const further = useAction(async cursor => {
        const answer = await notCounted(meter, cursor);
        setMore(before => ({found: [...before.found, ...answer.found], read: before.read + answer.read, next: answer.next ?? null}));
    });
    return html`<${Section} title="Events not counted" note=${html`Stored events of the type <code>${meter.eventType}</code> that a meter of this type does not count, with the reason. A request that the API rejects is not stored: the response states the reason.`}>
        <${Loaded} load=${load} label="Reading the last events">${first => {
            const next = more.next === undefined ? first.next : more.next;
            return html`<${Table} caption="Events that are not counted" rows=${[...first.found, ...more.found]}
                    keyOf=${entry => entry.event.source + " " + entry.event.id}
                    empty=${first.read + more.read === 0 ? "No event of this type is stored yet."
                        : `The last ${format.quantity(first.read + more.read)} stored events of this type are counted.`}
                    columns=${[
                        {title: "Time", value: entry => html`<${Time} at=${entry.event.time}/>`},
                        {title: "Subject", value: entry => entry.event.subject},
                        {title: "Id", value: entry => html`<code>${entry.event.id}</code>`},
                        {title: "Reason", wide: true, value: entry => format.reasons(entry).map(reason => html`<div>${reason}</div>`)},
                        {title: "Data", wide: true, value: entry => html`<code>${JSON.stringify(entry.event.data ?? null)}</code>`},
                    ]}/>
                ${next && html`<div class="actions"><${Button} busy=${further.running} onClick=${() => further.run(next)}>Search older events<//>
                    <span class="note">${format.quantity(first.read + more.read)} events were read</span></div>`}
                <${ErrorNote} error=${further.error}/>`;
        }}<//>
    <//>`;
}

/** The page of one meter. */
export function MeterPage({route}) {
    const slug = route.path[0];
    const load = useLoad(signal => api.getMeter({meterIdOrSlug: slug}, {signal}), [slug], {keep: false});
    const above = {href: href("meters"), text: "Meters"};
    return html`<${Page} title=${load.data?.name ?? slug} above=${above} note=${load.data?.description}>
        <${Loaded} load=${load}>${meter => html`
            <${Usage} meter=${meter} route=${route}/>
            <${NotCounted} meter=${meter}/>
            <${RejectedMessages} meter=${meter}/>
            <${Section} title="Definition"><${Facts} items=${[
                ["Slug", html`<code>${meter.slug}</code>`],
                ["Aggregation", meter.aggregation],
                ["Event type", html`<code>${meter.eventType}</code>`],
                ["Value", meter.valueProperty && html`<code>${meter.valueProperty}</code>`],
                ["Group by", meter.groupBy && Object.entries(meter.groupBy).map(([key, path]) => html`<div>${key}: <code>${path}</code></div>`)],
                ["Counts from", meter.eventFrom && html`<${Time} at=${meter.eventFrom}/>`],
                ["Metadata", meter.metadata && Object.entries(meter.metadata).map(([key, value]) => html`<div>${key}: ${value}</div>`)],
                ["Created", html`<${Time} at=${meter.createdAt}/>`],
                ["Id", html`<code>${meter.id}</code>`],
            ]}/><//>`}<//>
    <//>`;
}
