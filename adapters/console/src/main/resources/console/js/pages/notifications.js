// Notifications: the events that rules have raised with their deliveries, the channels and the rules.
import {html} from "../view.js";
import {href} from "../router.js";
import {Page, Tabs} from "../ui.js";
import {EventList, EventPage} from "./notification-events.js";
import {ChannelList, ChannelPage, NewChannel} from "./notification-channels.js";
import {NewRule, RuleList, RulePage} from "./notification-rules.js";

const TABS = {
    events: {text: "Events", list: EventList, one: EventPage},
    channels: {text: "Channels", list: ChannelList, one: ChannelPage, add: NewChannel, create: "Create channel"},
    rules: {text: "Rules", list: RuleList, one: RulePage, add: NewRule, create: "Create rule"},
};

export default function Notifications({route}) {
    const [place, id] = route.path;
    const name = [place, route.query.tab, "events"].find(one => Object.hasOwn(TABS, one ?? ""));
    const tab = TABS[name];
    if (id) {
        const isNew = id === "new" && tab.add;
        return html`<${isNew ? tab.add : tab.one} id=${id} key=${id} above=${{href: href("notifications", {tab: name}), text: tab.text}}/>`;
    }
    return html`<${Page} title="Notifications" note="A rule raises an event when its condition is met. The event is delivered to the channels of the rule."
        actions=${tab.create && html`<a class="button primary" href=${href(["notifications", name, "new"])}>${tab.create}</a>`}>
        <${Tabs} label="Parts of notifications" current=${name}
            tabs=${Object.entries(TABS).map(([one, {text}]) => ({id: one, text, href: href("notifications", {tab: one})}))}/>
        <${tab.list} route=${route} key=${name}/>
    <//>`;
}
