// The list of plans. The page of one version is plan.js.
import {html} from "../view.js";
import {api, curl} from "../api.js";
import {useLoad} from "../load.js";
import {change, href} from "../router.js";
import {cadence} from "../prices.js";
import * as format from "../format.js";
import {Badge, Button, Empty, Field, Form, Loaded, Page, Pager, Table, Time} from "../ui.js";
import {PlanPage} from "./plan.js";

const PAGE_SIZE = 25;
const STATUSES = ["draft", "active", "scheduled", "archived"];
const EXAMPLE = {key: "pro", name: "Pro", currency: "USD", billingCadence: "P1M", phases: [{key: "standard", name: "Standard", duration: null, rateCards: [
    {type: "flat_fee", key: "fee", name: "Monthly fee", billingCadence: "P1M", price: {type: "flat", amount: "29"}},
    {type: "usage_based", key: "api_calls", name: "API calls", featureKey: "api_calls", billingCadence: "P1M", price: {type: "unit", amount: "0.001"}}]}]};

function NoPlans({reload}) {
    return html`<${Empty} title="There are no plans yet" text="A plan has phases with rate cards. A price by usage needs a feature with a meter. The new plan is a draft. Open it here to check and publish it."
        curl=${[curl("createFeature", {}, {body: {key: "api_calls", name: "API calls", meterSlug: "api_calls"}}), curl("createPlan", {}, {body: EXAMPLE})]}><${Button} onClick=${reload}>Check again<//><//>`;
}

function List({route}) {
    const status = STATUSES.includes(route.query.status) ? route.query.status : "";
    const page = Math.max(1, Number(route.query.page) || 1);
    const load = useLoad(signal => api.listPlans({status, page, pageSize: PAGE_SIZE, orderBy: "updated_at", order: "DESC"}, {signal}), [status, page]);
    return html`<${Page} title="Plans" note="A plan defines the prices of a product. New subscriptions use the active version of a plan.">
        <${Form} label="Filter"><${Field} label="Status" value=${status} onChange=${value => change({status: value, page: null})}
            options=${[{value: "", text: "All"}, ...STATUSES]}/><//>
        <${Loaded} load=${load} label="Loading the plans">${answer => answer.totalCount === 0 && status === ""
            ? html`<${NoPlans} reload=${load.reload}/>`
            : html`<${Table} caption="Plans" rows=${answer.items} keyOf=${plan => plan.id} empty="No plan has this status. Choose another one."
                columns=${[
                    {title: "Name", wide: true, value: plan => html`<a href=${href(["plans", plan.id])}>${plan.name}</a>`},
                    {title: "Key", value: plan => html`<code>${plan.key}</code>`},
                    {title: "Version", number: true, value: plan => format.quantity(plan.version)},
                    {title: "Status", value: plan => html`<${PlanStatus} plan=${plan}/>`},
                    {title: "Currency", value: plan => plan.currency},
                    {title: "Billed", value: plan => cadence(plan.billingCadence)},
                    {title: "Phases", value: plan => plan.phases.map(phase => phase.name).join(", ")},
                    {title: "Changed", value: plan => html`<${Time} at=${plan.updatedAt} ago=${true}/>`},
                ]}/>
                <${Pager} page=${answer.page} pageSize=${answer.pageSize} total=${answer.totalCount} hrefOf=${next => href("plans", {status, page: next})}/>`}<//>
    <//>`;
}

function PlanStatus({plan}) {
    const errors = plan.validationErrors?.length ?? 0;
    return html`<${Badge} tone=${plan.status === "active" ? "good" : plan.status === "draft" ? "warn" : ""}>${plan.status}<//>
        ${errors > 0 && html` <${Badge} tone="bad">${errors === 1 ? "1 error" : format.quantity(errors) + " errors"}<//>`}`;
}

export default function Plans({route}) {
    return route.path.length > 0
        ? html`<${PlanPage} route=${route} key=${route.path[0]}/>`
        : html`<${List} route=${route}/>`;
}
