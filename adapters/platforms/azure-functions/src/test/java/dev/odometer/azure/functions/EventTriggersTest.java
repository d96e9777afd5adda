package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.Lab.WORLD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Item;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTriggersTest {

    private static final String FINE = Lab.event("fine", "acme");

    @BeforeEach
    @BeforeTry
    void forget() {
        WORLD.forget();
    }

    private static String header(String name, String value) {
        return "{\"Key\":\"" + name + "\",\"Value\":\"" + Base64.getEncoder().encodeToString(value.getBytes(UTF_8))
                + "\"}";
    }

    private static String withHeaders(String value, String... headers) {
        return Lab.record(7, value).replace("\"Headers\":[]", "\"Headers\":[" + String.join(",", headers) + "]");
    }

    @Property(tries = 300)
    void parkTextsThatAreNoEventsAndCountTheirNeighbours(@ForAll String text) throws Exception {
        Lab.events().serviceBus(List.of(text, FINE));

        assertThat(WORLD.counted).containsExactly("fine");
        assertThat(WORLD.parked()).hasSize(1);
        assertThat(WORLD.parked().get(0).body()).isEqualTo(text.getBytes(UTF_8));
    }

    @Property(tries = 300)
    void parkRecordsThatAreNoneAndCountTheirNeighbours(@ForAll String text) throws Exception {
        Lab.events().kafka(List.of(text, Lab.record(1, FINE)));

        assertThat(WORLD.counted).containsExactly("fine");
        assertThat(WORLD.parked()).hasSize(1);
        assertThat(WORLD.parked().get(0).body()).isEqualTo(text.getBytes(UTF_8));
    }

    @Property(tries = 300)
    void parkValuesThatAreNoEvents(@ForAll String value) throws Exception {
        Lab.events().kafka(List.of(Lab.record(0, value), Lab.record(1, FINE)));

        assertThat(WORLD.counted).containsExactly("fine");
        assertThat(WORLD.parked()).extracting(item -> item.id()).containsExactly("usage-0@0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{}",
                "[[[",
                "{\"Value\":{}}",
                "{\"Value\":1}",
                "{\"Value\":[null]}",
                "{\"specversion\":\"1.0\"}",
                "\u0000",
                "1e999999999",
                "\"text\""
            })
    void parkWhatCannotBeRead(String text) throws Exception {
        Lab.events().kafka(List.of(text));
        Lab.events().eventHub(List.of(text));

        assertThat(WORLD.parkedBodies()).containsExactly(text, text);
    }

    @Test
    void parkNestingThatHasNoEnd() throws Exception {
        String deep = "[".repeat(200_000);

        Lab.events().kafka(List.of(deep, Lab.record(1, FINE)));

        assertThat(WORLD.counted).containsExactly("fine");
        assertThat(WORLD.parkedBodies()).containsExactly(deep);
    }

    @Test
    void parkAMessageOfAMegabyte() throws Exception {
        String huge = "x".repeat(1_000_000);

        Lab.events().queue(huge);

        assertThat(WORLD.parkedBodies()).containsExactly(huge);
    }

    @Test
    void parkAMessageWithoutABody() throws Exception {
        Lab.events().queue(null);
        Lab.events().serviceBus(Arrays.asList(FINE, null));

        assertThat(WORLD.counted).containsExactly("fine");
        assertThat(WORLD.parkedBodies()).containsExactly("", "");
    }

    @Test
    void countAMessageOnceHoweverOftenItComes() throws Exception {
        Lab.events().eventHub(Collections.nCopies(3, FINE));
        Lab.events().queue(FINE);

        assertThat(WORLD.counted).containsExactly("fine");
    }

    @Test
    void haveNothingToDoForATombstone() {
        List<Item> items = Messages.records(List.of(Lab.record(0, "x").replace("\"x\"", "null")));

        assertThat(items).isEmpty();
    }

    @Test
    void readARecordInBinaryMode() throws Exception {
        Lab.events()
                .kafka(List.of(withHeaders(
                        "{}",
                        header("ce_specversion", "1.0"),
                        header("ce_id", "binary"),
                        header("ce_source", "shop"),
                        header("ce_type", "order"),
                        header("ce_subject", "acme"),
                        header("content-type", "application/json"))));

        assertThat(WORLD.counted).containsExactly("binary");
    }

    @Test
    void readARecordWhoseHeadersAreBroken() throws Exception {
        Lab.events()
                .kafka(List.of(withHeaders(
                        FINE, "null", "1", "{}", "{\"Key\":null,\"Value\":null}", "{\"Key\":\"a\",\"Value\":\"%\"}")));

        assertThat(WORLD.counted).containsExactly("fine");
    }

    @Test
    void nameARecordByItsOffset() {
        Item item = Messages.records(List.of(Lab.record(7, FINE))).get(0);

        assertThat(item.id()).isEqualTo("usage-0@7");
        assertThat(item.group()).isEqualTo("usage-0");
    }
}
