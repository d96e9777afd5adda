// Channels: where notification events are delivered to.
import {html, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {change, href, open} from "../router.js";
import * as format from "../format.js";
import {announce, Badge, Button, Check, Confirm, Copy, Empty, ErrorNote, Facts, Field, Form, Loaded, Page, Pager, Section, Table, Time} from "../ui.js";
import {pairsOf, Several, textOf} from "./inputs.js";

const PER_PAGE = 50;
const SECRET_BYTES = 32;
const TYPES = [{value: "WEBHOOK", text: "Webhook"}, {value: "EMAIL", text: "E-mail"}];

function ChannelStatus({channel}) {
    return channel.deletedAt ? html`<${Badge} tone="bad">deleted<//>`
        : channel.disabled ? html`<${Badge} tone="warn">disabled<//>` : html`<${Badge} tone="good">enabled<//>`;
}

export function ChannelList({route: {query}}) {
    const page = Math.max(1, Number(query.page) || 1);
    const includeDeleted = query.deleted === "true";
    const load = useLoad(signal => api.listNotificationChannels(
        {includeDisabled: true, includeDeleted, page, pageSize: PER_PAGE, order: "DESC"}, {signal}), [page, includeDeleted]);
    return html`<${Loaded} load=${load} label="Loading the channels">${answer => html`
        <${Table} caption="Channels" rows=${answer.items} keyOf=${channel => channel.id}
            empty=${html`<${Empty} title="There are no channels yet" text="A channel is a webhook or a list of e-mail addresses. Rules refer to channels."
                curl=${curl("createNotificationChannel", {}, {body: {type: "EMAIL", name: "ops", to: ["ops@example.com"]}})}>
                <a class="button primary" href=${href(["notifications", "channels", "new"])}>Create channel</a><//>`}
            columns=${[
                {title: "Name", wide: true, value: channel => html`<a href=${href(["notifications", "channels", channel.id])}>${channel.name}</a>`},
                {title: "Type", value: channel => html`<div class="word">${channel.type}</div>`},
                {title: "Delivers to", wide: true, value: channel => channel.url ?? channel.to?.join(", ")},
                {title: "Status", value: channel => html`<${ChannelStatus} channel=${channel}/>`},
                {title: "Created", value: channel => html`<${Time} at=${channel.createdAt} ago=${true}/>`},
            ]}/>
        <${Check} label="Show deleted channels" checked=${includeDeleted} onChange=${deleted => change({deleted: deleted ? "true" : null, page: null})}/>
        <${Pager} page=${page} pageSize=${PER_PAGE} total=${answer.totalCount} hrefOf=${next => href("notifications", {...query, page: next})}/>`}<//>`;
}

/** The body of a request that keeps everything of a channel. Masked values stand for the stored ones. */
function bodyOf(channel) {
    const {type, name, disabled, url, customHeaders, signingSecret, to, metadata} = channel;
    return {type, name, disabled, url, customHeaders, signingSecret, to, metadata};
}

function randomSecret() {
    const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
    return "whsec_" + btoa(String.fromCharCode(...bytes));
}

/** The fields of a channel. @param {{channel?: object, label: string, onSave: function(object): Promise<*>}} properties */
function ChannelForm({channel, label, onSave}) {
    const [values, setValues] = useState({
        type: channel?.type ?? "WEBHOOK", name: channel?.name ?? "", url: channel?.url ?? "", to: channel?.to ?? [],
        headers: textOf(channel?.customHeaders), metadata: textOf(channel?.metadata), renew: false,
    });
    const field = name => ({value: values[name], onChange: value => setValues(before => ({...before, [name]: value}))});
    const saving = useAction(() => {
        const isWebhook = values.type === "WEBHOOK";
        return onSave({
            type: values.type, name: values.name, disabled: channel?.disabled ?? false, metadata: pairsOf(values.metadata),
            ...(isWebhook ? {url: values.url.trim(), customHeaders: pairsOf(values.headers)} : {to: values.to}),
            ...(isWebhook && channel ? {signingSecret: values.renew ? randomSecret() : channel.signingSecret} : {}),
        });
    });
    return html`<${Form} label=${label} onSubmit=${saving.run}><div class="stack wide">
        ${!channel && html`<${Field} label="Type" ...${field("type")} options=${TYPES}/>`}
        <${Field} label="Name" ...${field("name")} input=${{required: true, maxlength: 256}}/>
        ${values.type === "WEBHOOK" ? html`
            <${Field} label="URL" ...${field("url")} input=${{type: "url", required: true, maxlength: 2048}} hint="A public address. Use https, because http is not encrypted."/>
            <${Field} label="Custom headers" ...${field("headers")} rows=${3} hint=${channel ? "One “name: value” on each line. *** keeps the stored value." : "One “name: value” on each line, such as an authorization of the receiver."}/>
            ${channel && html`<${Check} label="Replace the signing secret" checked=${values.renew} onChange=${renew => setValues(before => ({...before, renew}))}/>`}`
            : html`<${Several} label="E-mail address" hint="1 to 10 addresses. Each address gets a separate message." values=${values.to} onChange=${to => setValues(before => ({...before, to}))}/>`}
        <${Field} label="Metadata" ...${field("metadata")} rows=${2} hint="Optional. One “name: value” on each line."/>
        <${ErrorNote} error=${saving.error}/>
        <div class="actions"><${Button} kind="primary" type="submit" busy=${saving.running}>${channel ? "Save" : "Create"}<//></div>
    </div><//>`;
}

/** A secret that only this response shows. It is masked until the user asks for it, and nowhere stored. */
function Secret({secret, rotated}) {
    const [shown, setShown] = useState(false);
    return html`<div class="empty" role="status"><h2>Copy the signing secret now</h2>
        <p>No later response shows the secret. Receivers use it to verify the signatures of webhooks.
            ${rotated && " For 24 hours, webhooks are signed with the previous secret too."}</p>
        <div class="actions"><code>${shown ? secret : "whsec_" + "•".repeat(24)}</code>
            <${Button} onClick=${() => setShown(!shown)}>${shown ? "Hide secret" : "Show secret"}<//><${Copy} text=${secret} label="Copy secret"/></div></div>`;
}

export function NewChannel({above}) {
    const [created, setCreated] = useState(null);
    const save = async body => {
        const channel = await api.createNotificationChannel({}, {body});
        announce("The channel is created");
        if (channel.signingSecret) {
            setCreated(channel);
        } else {
            open(href(["notifications", "channels", channel.id]), {replace: true});
        }
    };
    return html`<${Page} title=${created ? created.name : "Create channel"} above=${above}>
        ${created ? html`<p>The channel is created.</p><${Secret} secret=${created.signingSecret}/>
                <div class="actions"><a class="button primary" href=${href(["notifications", "channels", created.id])}>Open channel</a>
                    <a class="button" href=${href(["notifications", "rules", "new"], {channel: created.id})}>Create rule for this channel</a></div>`
            : html`<${ChannelForm} label="Create channel" onSave=${save}/>`}
    <//>`;
}

function Actions({channel, onChanged}) {
    const toggle = useAction(async () => {
        await api.updateNotificationChannel({channelId: channel.id}, {body: {...bodyOf(channel), disabled: !channel.disabled}});
        announce(channel.disabled ? "The channel is enabled" : "The channel is disabled");
        onChanged();
    });
    const removal = useAction(async () => {
        await api.deleteNotificationChannel({channelId: channel.id});
        announce("The channel is deleted");
        open(href("notifications", {tab: "channels"}), {replace: true});
    });
    return html`<div class="actions">
        ${channel.disabled ? html`<${Button} busy=${toggle.running} onClick=${toggle.run}>Enable<//>`
            : html`<${Confirm} text="Disable" kind="" busy=${toggle.running} onConfirm=${toggle.run}
                question="Deliveries to this channel wait until it is enabled again."/>`}
        <${Confirm} text="Delete" confirm="Delete channel" busy=${removal.running} onConfirm=${removal.run}
            question=${`The channel “${channel.name}” is deleted, and its pending deliveries fail. This cannot be undone.`}/>
        </div><${ErrorNote} error=${toggle.error ?? removal.error}/>`;
}

export function ChannelPage({id, above}) {
    const load = useLoad(signal => api.getNotificationChannel({channelId: id}, {signal}), [id]);
    const [editing, setEditing] = useState(false);
    const [secret, setSecret] = useState(null);
    const save = async body => {
        const after = await api.updateNotificationChannel({channelId: id}, {body});
        // The response shows the secret only if the request has changed it.
        setSecret(after.signingSecret && !after.signingSecret.includes("…") ? after.signingSecret : null);
        setEditing(false);
        announce("Saved");
        load.reload();
    };
    return html`<${Page} title=${load.data?.name ?? "Channel"} above=${above}
        actions=${load.data && !load.data.deletedAt && html`<${Button} onClick=${() => setEditing(!editing)}>${editing ? "Cancel editing" : "Edit"}<//>`}>
        <${Loaded} load=${load}>${channel => html`
            ${secret && html`<${Secret} secret=${secret} rotated=${true}/>`}
            ${editing ? html`<${ChannelForm} channel=${channel} label="Edit channel" onSave=${save}/>` : html`
                <${Facts} items=${[
                    ["Status", html`<${ChannelStatus} channel=${channel}/>`],
                    ["Type", channel.type],
                    ["URL", channel.url],
                    ["Addresses", channel.to?.map(one => html`<div>${one}</div>`)],
                    ["Custom headers", channel.customHeaders && Object.keys(channel.customHeaders).map(name => html`<div><code>${name}: ***</code></div>`)],
                    ["Signing secret", channel.signingSecret && html`<code>${channel.signingSecret}</code>`],
                    ["Metadata", channel.metadata && Object.entries(channel.metadata).map(([name, value]) => html`<div>${name}: ${value}</div>`)],
                    ["Created", html`<${Time} at=${channel.createdAt}/>`],
                    ["Changed", html`<${Time} at=${channel.updatedAt}/>`],
                    ["Id", html`<code>${channel.id}</code>`],
                ]}/>
                ${!channel.deletedAt && html`<${Actions} channel=${channel} onChanged=${load.reload}/>`}
                <${Uses} channel=${channel}/>`}`}<//>
    <//>`;
}

/** The rules that deliver to the channel, which therefore cannot be deleted. */
function Uses({channel}) {
    const load = useLoad(signal => api.listNotificationRules({channel: channel.id, includeDisabled: true, pageSize: 100}, {signal}), [channel.id]);
    return html`<${Section} title="Rules" actions=${html`<a href=${href("notifications", {tab: "events", channel: channel.id})}>Events of this channel</a>`}
        note="A channel can be deleted when no rule refers to it.">
        <${Loaded} load=${load}>${({items, totalCount}) => html`<${Table} caption="Rules of this channel" rows=${items} keyOf=${rule => rule.id}
            empty=${html`<p class="note">No rule refers to this channel. <a href=${href(["notifications", "rules", "new"], {channel: channel.id})}>Create a rule</a>.</p>`}
            columns=${[
                {title: "Name", wide: true, value: rule => html`<a href=${href(["notifications", "rules", rule.id])}>${rule.name}</a>`},
                {title: "Type", value: rule => rule.type},
                {title: "Status", value: rule => rule.disabled ? html`<${Badge} tone="warn">disabled<//>` : html`<${Badge} tone="good">enabled<//>`},
            ]}/>${totalCount > items.length && html`<p class="note">${format.quantity(totalCount)} in total</p>`}`}<//>
    <//>`;
}
