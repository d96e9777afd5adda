package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.node.ObjectNode;

/** A request with one invalid field is refused with a 400 that names the field, and has no effect. */
class HostileFieldsTest {

    private static final String ENTITLEMENTS = "/api/v1/subjects/hostile/entitlements";
    private static final String GRANTS = ENTITLEMENTS + "/hostile_calls/grants";
    private static final String RESET = ENTITLEMENTS + "/hostile_calls/reset";

    /** A field and an otherwise valid request that contains it. */
    private record Target(String path, String body, String field, Kind kind) {

        String wanted() {
            return path + " " + field;
        }
    }

    /** The types of fields, with invalid values of each. */
    private enum Kind {
        AMOUNT("\"5\" true {} -1e-999999999 1e400 -1E999999999 1e99999999999 1e-1001 Infinity"),
        WHOLE("\"1\" 1.5 1e3 true {} 99999999999"),
        CHOICE("\"\" 0 {} null"),
        TEXT("\"\" 0 {} null \"\\u0000\" \"{\" \"\\ud800\""),
        TIME("\"\" 1767225600 \"yesterday\" \"2026-02-30T00:00:00Z\" \"2026-01-01\" {} true"),
        FLAG("\"true\" 0 1 {} \"\""),
        OBJECT("\"\" 0 true \"{}\" {\"a\":null} {\"interval\":\"DAY\",\"anchor\":0} {\"count\":0}");

        private final String wrong;

        Kind(String wrong) {
            this.wrong = wrong;
        }

        Arbitrary<String> wrong() {
            return Arbitraries.of((wrong + " [[]] [null] NaN -----").split(" ", -1));
        }
    }

    private static final String METERED = """
            {"type":"metered","featureKey":"hostile_other","usagePeriod":{"interval":"MONTH"},"issueAfterReset":5}
            """;
    private static final String FIXED = "{\"type\":\"static\",\"featureKey\":\"hostile_other\",\"config\":\"{}\"}";
    private static final String GRANT = "{\"amount\":5,\"effectiveAt\":\"2199-01-01T00:00:00Z\"}";
    private static final String FEATURE = "{\"key\":\"hostile_new\",\"name\":\"New\",\"meterSlug\":\"hostile_calls\"}";

    private static final List<Target> TARGETS = List.of(
            new Target(ENTITLEMENTS, METERED, "issueAfterReset", Kind.AMOUNT),
            new Target(ENTITLEMENTS, METERED, "issueAfterResetPriority", Kind.WHOLE),
            new Target(ENTITLEMENTS, METERED, "type", Kind.CHOICE),
            new Target(ENTITLEMENTS, METERED, "usagePeriod", Kind.OBJECT),
            new Target(ENTITLEMENTS, METERED, "measureUsageFrom", Kind.TIME),
            new Target(ENTITLEMENTS, METERED, "isSoftLimit", Kind.FLAG),
            new Target(ENTITLEMENTS, METERED, "preserveOverageAtReset", Kind.FLAG),
            new Target(ENTITLEMENTS, METERED, "metadata", Kind.OBJECT),
            new Target(ENTITLEMENTS, FIXED, "config", Kind.TEXT),
            new Target(GRANTS, GRANT, "amount", Kind.AMOUNT),
            new Target(GRANTS, GRANT, "minRolloverAmount", Kind.AMOUNT),
            new Target(GRANTS, GRANT, "maxRolloverAmount", Kind.AMOUNT),
            new Target(GRANTS, GRANT, "priority", Kind.WHOLE),
            new Target(GRANTS, GRANT, "effectiveAt", Kind.TIME),
            new Target(GRANTS, GRANT, "expiration", Kind.OBJECT),
            new Target(GRANTS, GRANT, "recurrence", Kind.OBJECT),
            new Target(RESET, "{}", "effectiveAt", Kind.TIME),
            new Target(RESET, "{}", "retainAnchor", Kind.FLAG),
            new Target(RESET, "{}", "preserveOverage", Kind.FLAG),
            new Target("/api/v1/features", FEATURE, "key", Kind.CHOICE),
            new Target("/api/v1/features", FEATURE, "meterGroupByFilters", Kind.OBJECT),
            new Target("/api/v1/features", FEATURE, "advancedMeterGroupByFilters", Kind.OBJECT));

    private static final ConfigurableApplicationContext CONTEXT = prepared();

    private static ConfigurableApplicationContext prepared() {
        ConfigurableApplicationContext context = InMemoryApp.start();
        send(
                context,
                "/api/v1/meters",
                "{\"slug\":\"hostile_calls\",\"aggregation\":\"COUNT\",\"eventType\":\"hostile\"}");
        for (String key : List.of("hostile_calls", "hostile_other")) {
            String feature = "{\"key\":\"" + key + "\",\"name\":\"Calls\",\"meterSlug\":\"hostile_calls\"}";
            send(context, "/api/v1/features", feature);
        }
        String created = send(context, ENTITLEMENTS, METERED.replace("hostile_other", "hostile_calls"));
        assertThat(created).startsWith("201");
        return context;
    }

    @AfterContainer
    static void stop() {
        CONTEXT.close();
    }

    private static String send(ConfigurableApplicationContext context, String path, String body) {
        HttpReply reply = InMemoryApp.door(context)
                .handle(new HttpRequest(
                        "POST",
                        path,
                        null,
                        Headers.of("Content-Type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8)));
        return reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static Arbitrary<String> wrong(Kind kind) {
        Arbitrary<String> values = kind.wrong();
        return switch (kind) {
            case AMOUNT ->
                Arbitraries.oneOf(
                        values,
                        Arbitraries.strings()
                                .numeric()
                                .ofMinLength(310)
                                .ofMaxLength(900)
                                .map(digits -> "1" + digits),
                        Arbitraries.longs().lessOrEqual(-1).map(String::valueOf));
            case WHOLE ->
                Arbitraries.oneOf(
                        values,
                        Arbitraries.integers().filter(n -> n < 1 || n > 255).map(String::valueOf));
            case CHOICE ->
                Arbitraries.oneOf(
                        values,
                        Arbitraries.strings().withChars("ABC -").ofMinLength(1).map(text -> '"' + text + '"'));
            case TEXT ->
                Arbitraries.oneOf(
                        values, Arbitraries.integers().between(16_383, 50_000).map(n -> "\"[" + " ".repeat(n) + "]\""));
            default -> values;
        };
    }

    /** A field and its invalid value. */
    record Flaw(Target target, String value) {}

    @Provide
    Arbitrary<Flaw> flaws() {
        return Arbitraries.of(TARGETS)
                .flatMap(target -> Combinators.combine(Arbitraries.just(target), wrong(target.kind()))
                        .as(Flaw::new));
    }

    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void isRefusedWithTheNameOfTheField(@ForAll("flaws") Flaw flaw) {
        ObjectNode right = (ObjectNode) Case.JSON.readTree(flaw.target.body());
        right.remove(flaw.target.field());
        String rest = right.toString().substring(1);
        String body = "{\"" + flaw.target.field() + "\":" + flaw.value + (rest.equals("}") ? rest : "," + rest);

        String reply = send(CONTEXT, flaw.target.path(), body);

        assertThat(reply).as(flaw.target.wanted() + " = " + flaw.value).startsWith("400 ");
        boolean unreadable = reply.contains("invalid JSON");
        assertThat(unreadable || reply.contains(flaw.target.field())).as(reply).isTrue();
    }
}
