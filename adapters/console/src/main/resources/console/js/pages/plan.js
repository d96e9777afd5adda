// One version of a plan: its phases and rate cards, what prevents its publication, and the price calculator.
import {html} from "../view.js";
import {api} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {href} from "../router.js";
import {cadence, duration, entitlementText, Price} from "../prices.js";
import * as format from "../format.js";
import {announce, Badge, Confirm, ErrorNote, Facts, Loaded, Page, Section, Table, Time} from "../ui.js";
import {Calculator} from "./plan-calculator.js";

const TONES = {active: "good", draft: "warn", scheduled: "warn"};

function Phase({phase, currency}) {
    return html`<h3>${phase.name}${" "}<span class="note">${phase.duration ? "for " + duration(phase.duration) : "without an end"}</span></h3>
        ${phase.description && html`<p class="note">${phase.description}</p>`}
        <${Table} caption=${"Rate cards of the phase " + phase.name} rows=${phase.rateCards ?? []} keyOf=${card => card.key} empty="The phase has no rate cards."
            columns=${[
                {title: "Rate card", value: card => html`${card.name}<div><code>${card.key}</code></div>`},
                {title: "Feature", value: card => card.featureKey ? html`<code>${card.featureKey}</code>` : "–"},
                {title: "Price", wide: true, value: card => html`<${Price} price=${card.price} discounts=${card.discounts} currency=${currency}/>`},
                {title: "Charged", value: card => card.price ? cadence(card.billingCadence) : "–"},
                {title: "Entitlement", value: card => entitlementText(card.entitlementTemplate)},
            ]}/>`;
}

/** The violated rules of a draft. */
function Violations({plan}) {
    const errors = plan.validationErrors ?? [];
    return errors.length > 0 && html`<${Section} title="Errors to correct" note=${html`Correct these errors with <code>updatePlan</code> in the <a href="api.html">API</a>, then publish the draft.`}>
        <${Table} caption="Errors to correct" rows=${errors} columns=${[
            {title: "Where", wide: true, value: error => html`<code>${error.field}</code>`},
            {title: "Error", wide: true, value: error => html`${error.message}<div class="note"><code>${error.code}</code></div>`},
        ]}/>
    <//>`;
}

function Actions({plan, reload}) {
    const run = useAction(async (route, text) => {
        await api[route]({planId: plan.id}, {body: {}});
        announce(text);
        reload();
    });
    const isValid = !(plan.validationErrors?.length > 0);
    return html`<${ErrorNote} error=${run.error}/>
        ${plan.status === "draft" && isValid && html`<${Confirm} text="Publish" kind="primary" busy=${run.running} onConfirm=${() => run.run("publishPlan", "The plan is published")}
            question=${`Publish version ${plan.version} of ${plan.name}? It becomes the active version, and the previous version is archived. A published version cannot be changed.`}/>`}
        ${plan.status === "active" && html`<${Confirm} text="Archive" busy=${run.running} onConfirm=${() => run.run("archivePlan", "The plan is archived")}
            question=${`Archive version ${plan.version} of ${plan.name}? It accepts no new subscriptions. Existing subscriptions continue.`}/>`}`;
}

function Versions({versions, plan}) {
    return versions.length > 1 && html`<${Section} title="Versions"><${Table} caption="Versions" rows=${versions} keyOf=${one => one.id} columns=${[
        {title: "Version", wide: true, value: one => one.id === plan.id ? html`${format.quantity(one.version)} (this one)`
            : html`<a href=${href(["plans", one.id])} aria-label=${"Version " + one.version}>${format.quantity(one.version)}</a>`},
        {title: "Status", value: one => html`<${Badge} tone=${TONES[one.status] ?? ""}>${one.status}<//>`},
        {title: "Effective from", value: one => html`<${Time} at=${one.effectiveFrom}/>`},
        {title: "Effective to", value: one => html`<${Time} at=${one.effectiveTo}/>`},
    ]}/><//>`;
}

function Plan({plan, versions, route}) {
    return html`<${Violations} plan=${plan}/>
        <${Section} title="Phases and rate cards">
            ${plan.phases.length === 0 ? html`<p>The plan has no phases.</p>` : plan.phases.map(phase => html`<${Phase} key=${phase.key} phase=${phase} currency=${plan.currency}/>`)}
        <//>
        <${Calculator} plan=${plan} route=${route}/>
        <${Versions} versions=${versions} plan=${plan}/>
        <${Section} title="Details"><${Facts} items=${[
            ["Key", html`<code>${plan.key}</code>`],
            ["Version", format.quantity(plan.version)],
            ["Currency", plan.currency],
            ["Billed", cadence(plan.billingCadence)],
            ["Proration", plan.proRatingConfig?.enabled ? "Fees are prorated" : "Fees are not prorated"],
            ["Effective", plan.effectiveFrom && html`from <${Time} at=${plan.effectiveFrom}/>${plan.effectiveTo && html` to <${Time} at=${plan.effectiveTo}/>`}`],
            ["Metadata", plan.metadata && Object.entries(plan.metadata).map(([key, value]) => html`<div>${key}: ${value}</div>`)],
            ["Created", html`<${Time} at=${plan.createdAt}/>`],
            ["Deleted", plan.deletedAt && html`<${Time} at=${plan.deletedAt}/>`],
            ["Id", html`<code>${plan.id}</code>`],
        ]}/><//>`;
}

/** The page of one version of a plan. */
export function PlanPage({route}) {
    const place = route.path[0];
    const load = useLoad(async signal => {
        const plan = await api.getPlan({planId: place}, {signal});
        const versions = await api.listPlans({key: plan.key, pageSize: 100, orderBy: "version", order: "DESC"}, {signal});
        return {plan, versions: versions.items};
    }, [place], {keep: false});
    const plan = load.data?.plan;
    return html`<${Page} title=${plan?.name ?? place} above=${{href: href("plans"), text: "Plans"}}
            note=${plan && html`<${Badge} tone=${TONES[plan.status] ?? ""}>${plan.status}<//> version ${format.quantity(plan.version)}${plan.description && " · " + plan.description}`}
            actions=${plan && !plan.deletedAt && html`<${Actions} plan=${plan} reload=${load.reload}/>`}>
        <${Loaded} load=${load} label="Loading the plan">${data => html`<${Plan} ...${data} route=${route}/>`}<//>
    <//>`;
}
