// The result of a backtest: totals, by feature, and by customer.
import {html, useMemo, useState} from "../view.js";
import {download} from "../api.js";
import {useAction} from "../load.js";
import {href, keyOrId} from "../router.js";
import {absolute, compare, sum} from "../decimal.js";
import * as format from "../format.js";
import {Badge, Button, ErrorNote, Table} from "../ui.js";

const CUSTOMERS_SHOWN = 50;

/** The columns of amounts: which member, its title, and whether its sign has a meaning. */
const COLUMNS = {
    price: [["currentAmount", "Current"], ["newAmount", "New"], ["difference", "Difference", true]],
    cost: [["revenue", "Revenue"], ["cost", "Cost"], ["margin", "Margin", true]],
};

function columnsOf({kind, currency, totals, features}) {
    const hasCurrent = features.some(feature => feature.amounts.currentAmount != null || feature.amounts.revenue != null) || totals.currentAmount != null || totals.revenue != null;
    const isShown = name => hasCurrent || name === "newAmount" || name === "cost";
    return COLUMNS[kind].filter(([name]) => isShown(name)).map(([name, title, isSigned]) => ({
        title, number: true,
        value: row => html`<${Amount} amount=${row.amounts[name]} currency=${currency} isSigned=${isSigned} isTotal=${row.isTotal}/>`,
    }));
}

function Amount({amount, currency, isSigned, isTotal}) {
    if (amount === null || amount === undefined) {
        return "–";
    }
    const sign = compare(amount, "0");
    const text = (isSigned && sign > 0 ? "+" : "") + format.money(amount, currency);
    const shown = isTotal ? html`<b>${text}</b>` : text;
    return isSigned && sign !== 0 ? html`<span class=${sign < 0 ? "down" : "up"}>${shown}</span>` : shown;
}

/** The rows by customer, those with the largest difference or amount first, each with its exact total. */
function customersOf({data, kind}) {
    const names = COLUMNS[kind].map(([name]) => name);
    const groups = new Map();
    for (const row of data) {
        groups.set(row.customerId, [...(groups.get(row.customerId) ?? []), row]);
    }
    const customers = [...groups.values()].map(rows => ({
        rows, amounts: Object.fromEntries(names.map(name => [name, sum(rows.map(row => row.amounts[name]))])),
    }));
    const order = ({amounts}) => absolute(amounts[names[2]] ?? amounts[names[1]] ?? "0");
    return customers.sort((a, b) => compare(order(b), order(a)));
}

function rowsOf(customers) {
    return customers.flatMap(({rows, amounts}) => rows.length === 1
        ? [{...rows[0], isFirst: true}]
        : [{...rows[0], featureKey: null, quantity: undefined, amounts, isFirst: true, isTotal: true}, ...rows.map(row => ({...row, isFirst: false}))]);
}

function Customers({result}) {
    const [count, setCount] = useState(CUSTOMERS_SHOWN);
    const customers = useMemo(() => customersOf(result), [result]);
    return html`<h3>By customer</h3>
        <${Table} caption="By customer" rows=${rowsOf(customers.slice(0, count))}
            empty="No customer has usage of these features in these months." columns=${[
                {title: "Customer", wide: true, value: row => row.isFirst ? html`<a href=${href(["customers", keyOrId({key: row.customerKey, id: row.customerId})])}>${row.customerName}</a>` : ""},
                {title: "Feature", value: row => row.isTotal ? html`<b>All</b>` : html`<code>${row.featureKey}</code>`},
                {title: "Quantity", number: true, value: row => row.isTotal ? "" : format.quantity(row.quantity)},
                ...columnsOf(result),
            ]}/>
        ${customers.length > count && html`<div class="actions"><${Button} onClick=${() => setCount(count * 4)}>Show more<//>
            <span class="note">${format.quantity(count)} of ${format.quantity(customers.length)} customers, those with the largest amounts first</span></div>`}`;
}

/** @param {{result: object, body: object}} properties body: of the request, for the file */
export function BacktestResult({result, body}) {
    const csv = useAction(() => download("backtestPrices", {}, {body, accept: "text/csv", filename: `backtest-${body.from.slice(0, 7)}.csv`}));
    const day = at => format.date(at, "UTC");
    return html`<div class="actions"><p>${day(result.from)} to ${day(result.to)}, UTC
            ${!result.hasEnded && html` <${Badge} tone="warn">not ended<//> The usage so far is priced as if the months had already ended.`}</p>
            <${Button} busy=${csv.running} onClick=${csv.run}>Download CSV<//></div>
        <${ErrorNote} error=${csv.error}/>
        <h3>By feature</h3>
        <${Table} caption="By feature" rows=${[...result.features, {isTotal: true, amounts: result.totals}]} columns=${[
            {title: "Feature", wide: true, value: row => row.isTotal ? html`<b>All</b>` : html`<code>${row.featureKey}</code>`},
            {title: "Quantity", number: true, value: row => row.isTotal ? "" : format.quantity(row.quantity)},
            ...columnsOf(result),
        ]}/>
        <${Customers} result=${result}/>`;
}
