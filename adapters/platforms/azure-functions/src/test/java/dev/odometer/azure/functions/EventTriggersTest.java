package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.TriggerFixture.RECORDER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Item;
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

    private static final String VALID = TriggerFixture.event("fine", "acme");
    private static final String WITHOUT_VALUE = TriggerFixture.record(7, "x").replace("\"x\"", "null");

    @BeforeEach
    @BeforeTry
    void reset() {
        RECORDER.reset();
    }

    private static String header(String name, String value) {
        return "{\"Key\":\"" + name + "\",\"Value\":\"" + Base64.getEncoder().encodeToString(value.getBytes(UTF_8))
                + "\"}";
    }

    private static String binary(String id) {
        return String.join(
                ",",
                header("ce_specversion", "1.0"),
                header("ce_id", id),
                header("ce_source", "shop"),
                header("ce_type", "order"),
                header("ce_subject", "acme"));
    }

    private static String withHeaders(String record, String headers) {
        return record.replace("\"Headers\":[]", "\"Headers\":[" + headers + "]");
    }

    private static List<Item> items(String record) {
        return Messages.records(List.of(record), new DeliverySource("events", "kafka")).stream()
                .map(Delivery::name)
                .toList();
    }

    @Property(tries = 300)
    void storesInvalidMessagesAsDeadLettersAndCountsTheRest(@ForAll String text) throws Exception {
        TriggerFixture.events().serviceBus(List.of(text, VALID));

        assertThat(RECORDER.counted).containsExactly("fine");
        assertThat(RECORDER.parked()).hasSize(1);
        assertThat(RECORDER.parked().get(0).body()).isEqualTo(text.getBytes(UTF_8));
    }

    @Property(tries = 300)
    void storesInvalidRecordsAsDeadLettersAndCountsTheRest(@ForAll String text) throws Exception {
        TriggerFixture.events().kafka(List.of(text, TriggerFixture.record(1, VALID)));

        assertThat(RECORDER.counted).containsExactly("fine");
        assertThat(RECORDER.parked()).hasSize(1);
        assertThat(RECORDER.parked().get(0).body()).isEqualTo(text.getBytes(UTF_8));
    }

    @Property(tries = 300)
    void storesRecordsWithInvalidValuesAsDeadLetters(@ForAll String value) throws Exception {
        TriggerFixture.events().kafka(List.of(TriggerFixture.record(0, value), TriggerFixture.record(1, VALID)));

        assertThat(RECORDER.counted).containsExactly("fine");
        assertThat(RECORDER.parked()).extracting(item -> item.id()).containsExactly("usage-0@0");
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
    void storesUnreadableMessagesAsDeadLetters(String text) throws Exception {
        TriggerFixture.events().kafka(List.of(text));
        TriggerFixture.events().eventHub(List.of(text));

        assertThat(RECORDER.parkedBodies()).containsExactly(text, text);
    }

    @Test
    void storesDeeplyNestedJsonAsADeadLetter() throws Exception {
        String deep = "[".repeat(200_000);

        TriggerFixture.events().kafka(List.of(deep, TriggerFixture.record(1, VALID)));

        assertThat(RECORDER.counted).containsExactly("fine");
        assertThat(RECORDER.parkedBodies()).containsExactly(deep);
    }

    @Test
    void storesAnInvalidMessageOfAMegabyteAsADeadLetter() throws Exception {
        String huge = "x".repeat(1_000_000);

        TriggerFixture.events().queue(huge);

        assertThat(RECORDER.parkedBodies()).containsExactly(huge);
    }

    @Test
    void storesAMessageWithoutABodyAsADeadLetter() throws Exception {
        TriggerFixture.events().queue(null);
        TriggerFixture.events().serviceBus(Arrays.asList(VALID, null));

        assertThat(RECORDER.counted).containsExactly("fine");
        assertThat(RECORDER.parkedBodies()).containsExactly("", "");
    }

    @Test
    void countsDuplicatesOnce() throws Exception {
        TriggerFixture.events().eventHub(Collections.nCopies(3, VALID));
        TriggerFixture.events().queue(VALID);

        assertThat(RECORDER.counted).containsExactly("fine");
    }

    @Test
    void skipsATombstone() {
        assertThat(items(WITHOUT_VALUE)).isEmpty();
    }

    @Test
    void countsAnEventWithoutData() throws Exception {
        TriggerFixture.events().kafka(List.of(withHeaders(WITHOUT_VALUE, binary("no-data"))));

        assertThat(RECORDER.counted).containsExactly("no-data");
        assertThat(RECORDER.parked()).isEmpty();
    }

    @Test
    void storesARecordWithAHeaderThatIsNotUtf8AsADeadLetter() throws Exception {
        String latin1 = "{\"Key\":\"ce_subject\",\"Value\":\"R3L2\"}";

        TriggerFixture.events().kafka(List.of(withHeaders(WITHOUT_VALUE, binary("x") + "," + latin1)));

        assertThat(RECORDER.counted).isEmpty();
        assertThat(RECORDER.parked())
                .extracting(letter -> letter.reason())
                .containsExactly("the header ce_subject is not UTF-8");
    }

    @Test
    void readsARecordInBinaryMode() throws Exception {
        TriggerFixture.events()
                .kafka(List.of(withHeaders(
                        TriggerFixture.record(7, "{}"),
                        binary("binary") + "," + header("content-type", "application/json"))));

        assertThat(RECORDER.counted).containsExactly("binary");
    }

    @Test
    void ignoresInvalidHeadersOfARecord() throws Exception {
        TriggerFixture.events()
                .kafka(List.of(withHeaders(
                        TriggerFixture.record(7, VALID),
                        "null,1,{},{\"Key\":null,\"Value\":null},{\"Key\":\"a\",\"Value\":\"%\"}")));

        assertThat(RECORDER.counted).containsExactly("fine");
    }

    @Test
    void identifiesARecordByItsOffset() {
        Item item = items(TriggerFixture.record(7, VALID)).get(0);

        assertThat(item.id()).isEqualTo("usage-0@7");
        assertThat(item.group()).isEqualTo("usage-0");
    }
}
