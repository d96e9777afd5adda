// What the service is, its billing profiles, the tokens of its portal, and this browser: zone, theme and key.
import {html, useState} from "../view.js";
import {api, curl, health} from "../api.js";
import * as session from "../session.js";
import {useAction, useLoad} from "../load.js";
import {href} from "../router.js";
import * as format from "../format.js";
import {announce, Badge, Button, Command, Confirm, Empty, ErrorNote, Facts, Field, Form, Loaded, Page, Pager, Section, Table, Time} from "../ui.js";
import {Party, taxText} from "./invoice-parts.js";

const REFRESH = 30_000;
const PAGE_SIZE = 50;
const TOKENS = 100;

function Health({found}) {
    return found === null
        ? "This platform has no health check. Check the status in the console of the platform."
        : found.status === "ok" ? html`<${Badge} tone="good">Ready<//>`
            : html`<${Badge} tone="bad">Not ready<//> ${found.reason ?? found.status}`;
}

function Service() {
    const state = useLoad(health, [], {every: REFRESH});
    const about = useLoad(async signal => (await api.describeApi({}, {signal})).info, []);
    return html`<${Section} title="Service" actions=${html`<a class="button" href="api.html">API reference</a>`}>
        <${Loaded} load=${state}>${found => html`<${Facts} items=${[
            ["Health", html`<${Health} found=${found}/>`],
            ["Address", html`<code>${new URL(".", document.baseURI).href}</code>`],
        ]}/>`}<//>
        <${Loaded} load=${about}>${info => html`<${Facts} items=${[["Name", info.title], ["Version of the API", info.version]]}/>`}<//>
    <//>`;
}

function approvalText({autoAdvance, draftPeriod}) {
    return autoAdvance ? draftPeriod === "P0D" ? "automatic" : `automatic after ${draftPeriod}` : "by hand";
}

function Profiles({route}) {
    const page = Math.max(1, Math.floor(Number(route.query.page)) || 1);
    const load = useLoad(signal => api.listBillingProfiles({pageSize: PAGE_SIZE, page}, {signal}), [page]);
    return html`<${Section} title="Billing profiles" note="A billing profile defines the supplier, the workflow and the tax rate of invoices. A customer has the default profile unless an override assigns another one.">
        <${Loaded} load=${load}>${answer => html`<${Table} caption="Billing profiles" rows=${answer.items} keyOf=${profile => profile.id}
            empty="There are no billing profiles on this page."
            columns=${[
                {title: "Name", wide: true, value: profile => html`<a href=${href(["settings", "profiles", profile.id])}>${profile.name}</a>${profile.default && html` <${Badge} tone="good">Default<//>`}`},
                {title: "Supplier", wide: true, value: profile => profile.supplier.name},
                {title: "Tax id", value: profile => profile.supplier.taxId?.code ?? "–"},
                {title: "Tax", wide: true, value: profile => taxText(profile.tax)},
                {title: "Approval", value: profile => approvalText(profile.workflow.invoicing)},
                {title: "Due after", value: profile => profile.workflow.invoicing.dueAfter},
            ]}/>
            <${Pager} page=${answer.page} pageSize=${PAGE_SIZE} total=${answer.totalCount} hrefOf=${next => href("settings", {page: next})}/>`}<//>
    <//>`;
}

const COLLECTION = {send_invoice: "The customer pays the invoice", charge_automatically: "Charged automatically"};

function alignmentText({type, recurringPeriod}) {
    return type === "anchored" ? `at ${format.minute(recurringPeriod.anchor)} and every ${recurringPeriod.interval} from then` : "when items are due";
}

function ProfilePage({id}) {
    const load = useLoad(signal => api.getBillingProfile({id}, {signal}), [id], {keep: false});
    return html`<${Page} title=${load.data?.name ?? "Billing profile"} above=${{href: href("settings"), text: "Settings"}} note=${load.data?.description}>
        <${Loaded} load=${load}>${profile => {
            const {collection, invoicing, payment} = profile.workflow;
            return html`<div class="columns">
                <${Section} title="Supplier"><${Facts} items=${[
                    ["Supplier", html`<${Party} party=${profile.supplier}/>`],
                    ["Key", profile.supplier.key],
                    ["Tax", taxText(profile.tax)],
                    ["Default", profile.default ? html`<${Badge} tone="good">Default<//>` : "no: an override assigns it to customers"],
                    ["Metadata", profile.metadata && Object.entries(profile.metadata).map(([key, value]) => html`<div>${key}: ${value}</div>`)],
                    ["Created", html`<${Time} at=${profile.createdAt}/>`],
                    ["Changed", html`<${Time} at=${profile.updatedAt}/>`],
                    ["Archived", profile.deletedAt && html`<${Time} at=${profile.deletedAt}/>`],
                    ["Id", html`<code>${profile.id}</code>`],
                ]}/><//>
                <${Section} title="Workflow" note="Durations are in ISO 8601: P30D is 30 days, PT1H is an hour."><${Facts} items=${[
                    ["Items are billed", alignmentText(collection.alignment)],
                    ["Waits for late usage", collection.interval],
                    ["Approval", approvalText(invoicing)],
                    ["Draft period", invoicing.draftPeriod],
                    ["Due after", invoicing.dueAfter],
                    ["Progressive billing", invoicing.progressiveBilling ? "yes: a request bills usage of periods that have not ended" : "no"],
                    ["End of a subscription", invoicing.subscriptionEndProrationMode === "bill_full_period" ? "bills the full period" : "bills the actual period"],
                    ["Payment", COLLECTION[payment.collectionMethod] ?? payment.collectionMethod],
                ]}/><//>
            </div>
            <details><summary>Show curl command</summary><${Command} text=${curl("getBillingProfile", {id})}/></details>`;
        }}<//>
    <//>`;
}

/** Invalidates all tokens of a subject, also those that the list does not show. */
function InvalidateSubject({invalidate}) {
    const [subject, setSubject] = useState("");
    return html`<${Form} label="Invalidate the tokens of a subject">
        <${Field} label="Subject" value=${subject} onChange=${setSubject}/>
        ${subject === "" ? html`<${Button} disabled=${true}>Invalidate all tokens<//>`
            : html`<${Confirm} text="Invalidate all tokens" confirm="Invalidate tokens" busy=${invalidate.running}
                question=${`All portal tokens of the subject ${subject} become invalid immediately, on every node.`}
                onConfirm=${() => invalidate.run({subject})}/>`}
    <//>`;
}

function TokenTable({tokens, invalidate}) {
    return html`<${Table} caption="Portal tokens" rows=${tokens} keyOf=${token => token.id}
        empty=${html`<${Empty} title="There are no valid portal tokens" text="A token lets a customer's browser query the usage of one subject. Create tokens on your server:"
            curl=${curl("createPortalToken", {}, {body: {subject: "acme"}})}/>`}
        columns=${[
            {title: "Subject", wide: true, value: token => token.subject},
            {title: "Meters", value: token => token.allowedMeterSlugs?.join(", ") ?? "all"},
            {title: "Created", value: token => html`<${Time} at=${token.createdAt}/>`},
            {title: "Expires", value: token => html`<${Time} at=${token.expiresAt}/>`},
            {title: "Id", value: token => html`<code>${token.id}</code>`},
            {title: "Action", value: token => html`<${Confirm} text="Invalidate" confirm="Invalidate token" busy=${invalidate.running}
                question=${`The token ${token.id} of the subject ${token.subject} becomes invalid immediately, on every node.`}
                onConfirm=${() => invalidate.run({id: token.id})}/>`},
        ]}/>
        ${tokens.length === TOKENS && html`<p class="note">The latest ${TOKENS} tokens are shown.</p>`}
        ${tokens.length > 0 && html`<${InvalidateSubject} invalidate=${invalidate}/>`}`;
}

/** The valid tokens; null where the portal is disabled. */
async function tokensOf(signal) {
    try {
        return await api.listPortalTokens({limit: TOKENS}, {signal});
    } catch (error) {
        if (error.status === 409) {
            return null;
        }
        throw error;
    }
}

function Tokens() {
    const load = useLoad(tokensOf, []);
    const invalidate = useAction(async which => {
        await api.invalidatePortalTokens({}, {body: which});
        announce("Invalidated");
        load.reload();
    });
    return html`<${Section} title="Portal tokens" note="Valid tokens of the portal, the latest first. A token is shown only in the response that creates it.">
        <${ErrorNote} error=${invalidate.error}/>
        <${Loaded} load=${load}>${tokens => tokens === null
            ? html`<${Empty} title="The portal is disabled" text="Set ODOMETER_PORTAL_TOKEN_SECRET to at least 32 random bytes, the same on every node, then restart the service."
                curl="export ODOMETER_PORTAL_TOKEN_SECRET=$(openssl rand -hex 32)"/>`
            : html`<${TokenTable} tokens=${tokens} invalidate=${invalidate}/>`}<//>
    <//>`;
}

function keyText() {
    return session.currentKey() === null ? "No API key is sent: the API answers without one."
        : session.isKeyKept() ? "An API key is sent. It is kept in the session storage of this tab until the tab is closed."
            : "An API key is sent. It is kept in the memory of this page until the page is reloaded.";
}

function Browser() {
    return html`<${Section} title="This browser" note="The time zone and the theme are kept in this browser.">
        <${Form} label="Preferences">
            <${Field} label="Display time zone" value=${session.zone()} options=${format.zones()} onChange=${zone => session.prefer("zone", zone)}/>
            <${Field} label="Color theme" value=${session.theme()} onChange=${theme => session.prefer("theme", theme)}
                options=${[{value: "system", text: "System"}, {value: "light", text: "Light"}, {value: "dark", text: "Dark"}]}/>
        <//>
        <${Facts} items=${[["API key", keyText()], ["Time now", html`<${Time} at=${new Date().toISOString()}/>`]]}/>
        ${session.currentKey() !== null && html`<div class="actions"><${Confirm} text="Remove API key" confirm="Sign out" kind=""
            question="The key is removed from this browser. You need it to sign in again." onConfirm=${async () => session.signOut()}/></div>`}
    <//>`;
}

/** #/settings and #/settings/profiles/{id}. */
export default function Settings({route}) {
    const [kind, id] = route.path;
    return kind === "profiles" && id !== undefined ? html`<${ProfilePage} id=${id} key=${id}/>`
        : html`<${Page} title="Settings">
            <${Service}/>
            <${Profiles} route=${route}/>
            <${Tokens}/>
            <${Browser}/>
        <//>`;
}
