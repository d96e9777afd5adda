package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The portal in a frame of another origin's page. */
class PortalFrameIT extends InBrowser {

    @Override
    ConsoleServer server() {
        return ConsoleServer.embedded();
    }

    @BeforeAll
    static void aCustomer() {
        PortalData.aCustomer();
    }

    @Test
    void anAllowedOriginEmbedsIt() {
        String origin = Embedder.allowed().url();
        driver().get(Embedder.allowed()
                .with(server().url() + "portal#origin=" + origin + "&token="
                        + PortalData.token("acme", PortalData.ALL)));

        inFrame(() -> {
            heading("Usage");
            see("INV-1");
        });
        await("the height", () -> Boolean.TRUE.equals(run("return window.heights.length > 0")));
        assertThat(run("return window.heights.at(-1)"))
                .asString()
                .matches(server().url().replaceFirst("/$", "") + " \\d{3,4}");
        // A new token for the same frame does not load the page again.
        String next = PortalData.token("acme", "");
        run("document.querySelector('iframe').src = arguments[0]", server().url() + "portal#token=" + next);
        inFrame(() -> {
            seeNot("INV-1");
            see("Prompts");
        });
    }

    @Test
    void aLateRefusalDoesNotEndTheNextToken() {
        open("portal#token=" + PortalData.token("acme", ""), "Usage");
        see("Prompts");
        run("const real = fetch; globalThis.fetch = (url, options) => { globalThis.fetch = real;"
                + "return new Promise(answer => { globalThis.refuse = () => answer(new Response("
                + "JSON.stringify({detail: 'token expired'}), {status: 401})); }); }");
        click("Download CSV");
        await("the request", () -> Boolean.TRUE.equals(run("return typeof globalThis.refuse === 'function'")));

        run("location.hash = 'token=' + arguments[0]", PortalData.token("acme", PortalData.ALL));
        see("INV-1");
        run("globalThis.refuse()");

        driver().executeAsyncScript("setTimeout(arguments[0], 200)");
        heading("Usage");
        see("INV-1");
        assertThat(text()).doesNotContain("This link has expired");
    }

    @Test
    void otherOriginsCannotEmbedIt() {
        for (String embedder : List.of(
                Embedder.other().with(server().url() + "portal#token=" + PortalData.token("acme", PortalData.ALL)),
                Embedder.allowed().with(server().url() + "index.html"),
                Embedder.allowed().with(server().url() + "api.html"))) {
            driver().get("about:blank");
            complaints();
            driver().get(embedder);

            await("the refusal", () -> complaints().stream().anyMatch(text -> text.contains("frame-ancestors")));
            inFrame(() -> assertThat(driver().findElements(By.id("app"))).isEmpty());
        }
    }

    /** Heights go to the origin of the link only. */
    @Test
    void reportsNothingToAnotherOrigin() {
        driver().get(Embedder.allowed()
                .with(server().url() + "portal#origin=https://other.example&token="
                        + PortalData.token("acme", PortalData.ALL)));

        inFrame(() -> {
            heading("Usage");
            see("INV-1");
        });
        assertThat(run("return window.heights.length")).isEqualTo(0L);
    }

    private void inFrame(Runnable actions) {
        WebElement frame = driver().findElement(By.tagName("iframe"));
        driver().switchTo().frame(frame);
        try {
            actions.run();
        } finally {
            driver().switchTo().defaultContent();
        }
    }
}
