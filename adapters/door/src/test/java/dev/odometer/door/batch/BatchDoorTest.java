package dev.odometer.door.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.Doors;
import dev.odometer.door.Probes;
import dev.odometer.door.batch.Outcome.Kind;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.route.Required;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BatchDoorTest {

    @BeforeEach
    void clearCalls() {
        Probes.CALLS.clear();
    }

    private static Item item(String subject) {
        return bytes("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"" + subject
                + "\"}");
    }

    private static Item bytes(String body) {
        return new Item("m", "group", null, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Item in(@Nullable String group, String subject) {
        return Item.json("m", group, item(subject).body());
    }

    private static List<Kind> kinds(String channel, Item... items) {
        return Doors.BATCH.handle(channel, List.of(items), Deadline.NONE).stream()
                .map(Outcome::kind)
                .toList();
    }

    @Test
    void passesABatchInOneCall() {
        assertThat(kinds("batch", item("a"), item("b"))).containsExactly(Kind.OK, Kind.OK);
        assertThat(Probes.CALLS).hasSize(1);
        assertThat(Probes.CALLS.get(0)).hasSize(2);
    }

    @Test
    void reportsUnreadableItemsAsPoisonAndProcessesTheOthers() {
        List<Outcome> outcomes =
                Doors.BATCH.handle("batch", List.of(item("a"), bytes("nonsense"), item("b")), Deadline.NONE);

        assertThat(outcomes).extracting(Outcome::kind).containsExactly(Kind.OK, Kind.POISON, Kind.OK);
        assertThat(outcomes.get(1).reason()).startsWith("invalid JSON at line 1");
        assertThat(Probes.CALLS.get(0)).hasSize(2);
    }

    @Test
    void findsTheRefusedItemOfABatch() {
        List<Outcome> outcomes =
                Doors.BATCH.handle("batch", List.of(item("a"), item("conflict"), item("b")), Deadline.NONE);

        assertThat(outcomes).containsExactly(Outcome.OK, Outcome.poison("there is one already"), Outcome.OK);
    }

    @Test
    void retriesFailedItems() {
        assertThat(kinds("batch", item("unavailable"), item("a"))).containsExactly(Kind.RETRY, Kind.RETRY);
        assertThat(kinds("batch", item("bug"), item("a"))).containsExactly(Kind.RETRY, Kind.RETRY);
        assertThat(kinds("batch", item("memory"), bytes("{}"))).containsExactly(Kind.RETRY, Kind.POISON);
    }

    @Test
    void processesItemsOneByOneWithAnItemBinding() {
        assertThat(kinds("item", item("bug"), item("a"), item("invalid"), item("b")))
                .containsExactly(Kind.RETRY, Kind.OK, Kind.POISON, Kind.OK);
    }

    @Test
    void blocksItemsBehindAFailedOneInAnOrderedBinding() {
        assertThat(kinds("ordered", item("invalid"), item("a"), item("unavailable"), item("b")))
                .containsExactly(Kind.POISON, Kind.OK, Kind.RETRY, Kind.RETRY);
        assertThat(Probes.CALLS).hasSize(3);
    }

    @Test
    void blocksOnlyItemsOfTheSameGroup() {
        assertThat(kinds("ordered", in("a", "unavailable"), in("b", "x"), in("a", "y"), in("b", "z")))
                .containsExactly(Kind.RETRY, Kind.OK, Kind.RETRY, Kind.OK);
    }

    @Test
    void doesNotBlockItemsWithoutAGroup() {
        assertThat(kinds("ordered", in(null, "unavailable"), in(null, "x"))).containsExactly(Kind.RETRY, Kind.OK);
    }

    @Test
    void doesNotBlockItemsInAnUnorderedBinding() {
        assertThat(kinds("item", in("a", "unavailable"), in("a", "x"))).containsExactly(Kind.RETRY, Kind.OK);
    }

    @Test
    void doesNotBlockItemsBehindPoison() {
        assertThat(kinds("batch", in("a", "conflict"), in("a", "x"))).containsExactly(Kind.POISON, Kind.OK);
    }

    @Test
    void readsBinaryMode() {
        var attributes = Map.of("specversion", "1.0", "id", "1", "source", "s", "type", "t", "subject", "u");
        var binary =
                new Item("m", "group", "application/json", attributes, "{\"n\":1}".getBytes(StandardCharsets.UTF_8));

        assertThat(kinds("item", binary)).containsExactly(Kind.OK);
        assertThat(Probes.CALLS.get(0).get(0).data()).containsKey("n");
    }

    @Test
    void reportsOtherContentTypesAsPoison() {
        var xml = new Item("m", "group", "text/xml", Map.of(), new byte[0]);
        var many = new Item(
                "m", "group", "application/cloudevents-batch+json", Map.of(), "[]".getBytes(StandardCharsets.UTF_8));

        assertThat(kinds("item", xml, many, bytes(""))).containsOnly(Kind.POISON);
    }

    @Test
    void acceptsAnEmptyBatch() {
        assertThat(kinds("batch")).isEmpty();
        assertThat(Probes.CALLS).isEmpty();
    }

    @Test
    void listsItsBindings() {
        assertThat(Doors.BATCH.bindings()).hasSize(6);
        assertThatThrownBy(() -> kinds("other")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsChannelsByPayload() {
        assertThatThrownBy(() -> Doors.BATCH.onlyChannel(Payload.EVENTS)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Doors.BATCH.onlyChannel(Payload.FILES)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Doors.BATCH.channels(Payload.EVENTS)).contains("item").doesNotContain("files");
        assertThat(Doors.BATCH.channels(Payload.FILES)).contains("files").doesNotContain("item");
    }

    /** A message of a topic that carries no CloudEvents. */
    record Paid(String order) {}

    @Configuration(proxyBeanMethods = false)
    static class JsonMessages {

        @Bean
        List<Paid> paid() {
            return new ArrayList<>();
        }

        @Bean
        Consumer<Paid> takePaid(List<Paid> paid) {
            return paid::add;
        }

        @Bean
        Bindings jsonBindings() {
            return new Bindings(List.of(Binding.json("payments", "takePaid")));
        }
    }

    @Test
    void passesPlainJsonToChannelsForIt() {
        try (var context = Doors.start(JsonMessages.class)) {
            BatchDoor door = context.getBean(BatchDoor.class);
            byte[] body = "{\"order\":\"77\"}".getBytes(StandardCharsets.UTF_8);
            var attributes = Map.of("specversion", "1.0", "id", "1");

            List<Outcome> outcomes = door.handle(
                    door.onlyChannel(Payload.EVENTS),
                    List.of(
                            Item.json("1", null, body),
                            new Item("2", null, "application/json", attributes, body),
                            bytes("[1]"),
                            bytes("nonsense")),
                    Deadline.NONE);

            assertThat(outcomes).extracting(Outcome::kind).containsExactly(Kind.OK, Kind.OK, Kind.POISON, Kind.POISON);
            assertThat(context.getBean("paid")).isEqualTo(List.of(new Paid("77"), new Paid("77")));
        }
    }

    record Kwh(@Required @Nullable String value) {}

    /** An event of the class that the application chooses for its data. */
    record Measured<T>(@Required @Nullable T data) {}

    @Configuration(proxyBeanMethods = false)
    static class RequiringMessages {

        @Bean
        Consumer<Measured<Kwh>> takeEvent() {
            return event -> Objects.requireNonNull(event.data()).value();
        }

        @Bean
        Consumer<List<Kwh>> takeJson() {
            return items -> items.forEach(item -> Objects.requireNonNull(item.value()));
        }

        @Bean
        Bindings requiringBindings() {
            return new Bindings(List.of(
                    Binding.events("events", "takeEvent"),
                    Binding.json("json", "takeJson").batch()));
        }
    }

    private static Item event(String data) {
        return bytes("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"" + data + "}");
    }

    @Test
    void messagesWithoutARequiredMemberArePoison() {
        try (var context = Doors.start(RequiringMessages.class)) {
            BatchDoor door = context.getBean(BatchDoor.class);
            var attributes = Map.of("specversion", "1.0", "id", "1", "source", "s", "type", "t");
            var binary = new Item("m", "group", "application/json", attributes, "{}".getBytes(StandardCharsets.UTF_8));
            var events = List.of(event(",\"data\":{\"value\":\"1\"}"), event(""), event(",\"data\":{}"), binary);

            assertThat(door.handle("events", events, Deadline.NONE))
                    .containsExactly(
                            Outcome.OK,
                            Outcome.poison("data is required"),
                            Outcome.poison("data.value is required"),
                            Outcome.poison("data.value is required"));
            assertThat(door.handle("json", List.of(bytes("{\"value\":\"1\"}"), bytes("{}")), Deadline.NONE))
                    .containsExactly(Outcome.OK, Outcome.poison("value is required"));
        }
    }
}
