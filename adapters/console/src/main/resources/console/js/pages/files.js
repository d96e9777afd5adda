// Imports of files of usage, and exports of usage to files.
import {html} from "../view.js";
import {href} from "../router.js";
import {Page, Tabs} from "../ui.js";
import {ImportList, ImportPage} from "./imports.js";
import {ExportList, ExportPage, NewExport} from "./exports.js";

const TABS = {
    imports: {text: "Imports", list: ImportList, one: ImportPage},
    exports: {text: "Exports", list: ExportList, one: ExportPage, add: NewExport, create: "Create export"},
};

export default function Files({route}) {
    const [place, id] = route.path;
    const name = [place, route.query.tab, "imports"].find(one => Object.hasOwn(TABS, one ?? ""));
    const tab = TABS[name];
    if (id) {
        const isNew = id === "new" && tab.add;
        return html`<${isNew ? tab.add : tab.one} id=${id} key=${id} above=${{href: href("files", {tab: name}), text: tab.text}}/>`;
    }
    return html`<${Page} title="Imports & exports"
        actions=${tab.create && html`<a class="button primary" href=${href(["files", name, "new"])}>${tab.create}</a>`}>
        <${Tabs} label="Imports and exports" current=${name}
            tabs=${Object.entries(TABS).map(([one, {text}]) => ({id: one, text, href: href("files", {tab: one})}))}/>
        <${tab.list} route=${route} key=${name}/>
    <//>`;
}
