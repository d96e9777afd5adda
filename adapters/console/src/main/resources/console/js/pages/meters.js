// The list of meters, and the usage of one meter.
import {html, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useLoad} from "../load.js";
import {change, href} from "../router.js";
import * as format from "../format.js";
import {Button, Empty, Field, Form, Loaded, Page, Table, Time} from "../ui.js";
import {MeterPage} from "./meter.js";

const ROWS = 200;

function MeterList({meters, route}) {
    const text = (route.query.q ?? "").toLowerCase();
    const rows = meters.filter(meter => [meter.slug, meter.name, meter.eventType].some(part => part.toLowerCase().includes(text)));
    const [count, setCount] = useState(ROWS);
    return html`
        <${Form} label="Filter"><${Field} label="Find a meter" value=${route.query.q ?? ""} input=${{type: "search"}}
            onChange=${q => change({q}, {replace: true})}/><//>
        <${Table} caption="Meters" rows=${rows.slice(0, count)} keyOf=${meter => meter.id} empty="No meter has this text in its name, slug or event type."
            columns=${[
                {title: "Name", wide: true, value: meter => html`<a href=${href(["meters", meter.slug])}>${meter.name}</a>`},
                {title: "Slug", value: meter => html`<code>${meter.slug}</code>`},
                {title: "Aggregation", value: meter => meter.aggregation},
                {title: "Event type", value: meter => html`<code>${meter.eventType}</code>`},
                {title: "Value", value: meter => meter.valueProperty ? html`<code>${meter.valueProperty}</code>` : "–"},
                {title: "Group by", value: meter => Object.keys(meter.groupBy ?? {}).join(", ") || "–"},
                {title: "Created", value: meter => html`<${Time} at=${meter.createdAt} ago=${true}/>`},
            ]}/>
        ${rows.length > count && html`<div class="actions"><${Button} onClick=${() => setCount(count * 5)}>Show more<//>
            <span class="note">${format.quantity(count)} of ${format.quantity(rows.length)} meters, by name</span></div>`}`;
}

export default function Meters({route}) {
    return route.path.length > 0
        ? html`<${MeterPage} route=${route} key=${route.path[0]}/>`
        : html`<${List} route=${route}/>`;
}

function List({route}) {
    const load = useLoad(signal => api.listMeters({orderBy: "name"}, {signal}), []);
    return html`<${Page} title="Meters" note="A meter turns events of one type into a number. It also counts events that were stored before it was created.">
        <${Loaded} load=${load}>${meters => meters.length === 0
            ? html`<${Empty} title="There are no meters yet" text="Create a meter, then send events of its type."
                curl=${curl("createMeter", {}, {body: {slug: "api_calls", aggregation: "COUNT", eventType: "api-call"}})}><${Button} onClick=${load.reload}>Check again<//><//>`
            : html`<${MeterList} meters=${meters} route=${route}/>`}<//>
    <//>`;
}
