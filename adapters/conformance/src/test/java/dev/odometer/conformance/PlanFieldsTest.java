package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A plan with one invalid member is refused with a 400 that names the member, and nothing is stored. */
class PlanFieldsTest {

    private static final PlanApp APP = new PlanApp();
    private static final String PATH = PlanApp.PLANS + "/" + draft();

    private static final String HUGE = "\"" + "7".repeat(20_000) + "\"";
    private static final List<String> NO_TEXTS = List.of("0", "1.5", "true", "{}", "[]", "[null]", HUGE);
    private static final List<String> NO_NUMBERS = List.of("\"1\"", "true", "{}", "[]", "-1", "1e400", "-1e-400");
    private static final List<String> NO_FLAGS = List.of("\"true\"", "0", "{}", "[]");
    private static final List<String> NO_OBJECTS = List.of("0", "\"x\"", "true", "[]", "\"\"");
    private static final List<String> NO_LISTS = List.of("0", "\"x\"", "true", "{}", "[null]", "[0]");
    private static final List<String> NO_AMOUNTS =
            List.of("\"-1\"", "\"1e5\"", "\"\"", "\" 1\"", "\"1,5\"", "\"NaN\"", "\"" + "9".repeat(21) + "\"");

    private static final Set<String> AMOUNTS = Set.of(
            "amount", "minimumAmount", "maximumAmount", "upToAmount", "quantityPerPackage", "multiplier", "quantity");
    /** Texts that may be empty, and whose content is free. */
    private static final Set<String> FREE = Set.of("description", "a", "c", "e", "g");
    /** Members that may be absent, wherever they are. */
    private static final Set<String> OPTIONAL = Set.of(
            "description",
            "metadata",
            "proRatingConfig",
            "settlementMode",
            "alignment",
            "billablesMustAlign",
            "featureKey",
            "minimumAmount",
            "maximumAmount",
            "upToAmount",
            "flatPrice",
            "unitPrice",
            "multiplier",
            "paymentTerm",
            "discounts",
            "entitlementTemplate",
            "isSoftLimit",
            "issueAfterReset",
            "issueAfterResetPriority",
            "preserveOverageAtReset",
            "usagePeriod",
            "taxConfig",
            "behavior",
            "stripe",
            "customInvoicing",
            "taxCodeId",
            "usage");

    /** A body with one invalid member. */
    record Flaw(String name, String member, String body) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static String draft() {
        return APP.created(
                        PlanApp.PLANS, PlanApp.everything().put("key", "stored").toString())
                .get("id")
                .asString();
    }

    private static ObjectNode replacement() {
        return PlanApp.everything().without(List.of("key", "currency"));
    }

    @AfterAll
    static void stop() {
        APP.close();
    }

    static Stream<Flaw> flawsOfANewPlan() {
        return flaws(PlanApp.everything());
    }

    static Stream<Flaw> flawsOfAReplacement() {
        return flaws(replacement());
    }

    private static Stream<Flaw> flaws(ObjectNode plan) {
        var flaws = new ArrayList<Flaw>();
        addFlaws(flaws, plan, "", plan);
        return flaws.stream();
    }

    private static void addFlaws(List<Flaw> flaws, ObjectNode plan, String place, JsonNode node) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                addFlaws(flaws, plan, place + "/" + i, node.get(i));
            }
        }
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        boolean isMap = place.endsWith("/metadata");
        if (!isMap) {
            flaws.add(changed(plan, place, "unknown_member", of -> of.put("unknown_member", 0)));
        }
        object.properties().forEach(member -> {
            String name = member.getKey();
            boolean isOptional = OPTIONAL.contains(name) || (place + "/" + name).endsWith("/discounts/percentage");
            if (!isMap && !isOptional) {
                flaws.add(changed(plan, place, name, of -> of.remove(name)));
            }
            flaws.add(duplicated(plan, place, name));
            for (String value : wrong(name, member.getValue())) {
                flaws.add(changed(plan, place, name, of -> of.set(name, Case.JSON.readTree(value))));
            }
            addFlaws(flaws, plan, place + "/" + name, member.getValue());
        });
    }

    private static List<String> wrong(String name, JsonNode value) {
        if (value.isNull()) {
            return List.of("0", "true", "[]", "\"\"");
        }
        var wrong = new ArrayList<String>();
        if (value.isString()) {
            wrong.addAll(NO_TEXTS);
            wrong.addAll(AMOUNTS.contains(name) ? NO_AMOUNTS : FREE.contains(name) ? List.of() : List.of("\"\""));
            wrong.add("\"\\u0000\"");
        } else if (value.isNumber()) {
            wrong.addAll(NO_NUMBERS);
        } else if (value.isArray()) {
            wrong.addAll(NO_LISTS);
            wrong.add(value.get(0).toString());
        } else {
            wrong.addAll(value.isBoolean() ? NO_FLAGS : NO_OBJECTS);
        }
        return wrong;
    }

    private static Flaw changed(ObjectNode plan, String place, String member, Consumer<ObjectNode> change) {
        ObjectNode copy = plan.deepCopy();
        ObjectNode parent = (ObjectNode) copy.at(place);
        change.accept(parent);
        String value = parent.has(member) ? parent.get(member).toString() : "absent";
        String shown = value.substring(0, Math.min(value.length(), 40));
        return new Flaw(place + "/" + member + " = " + shown, member, copy.toString());
    }

    /** The member with its value twice, which no tree can hold. */
    private static Flaw duplicated(ObjectNode plan, String place, String member) {
        ObjectNode copy = plan.deepCopy();
        ObjectNode parent = (ObjectNode) copy.at(place);
        String value = parent.get(member).toString();
        parent.put("duplicate_of_the_member", 0);
        String body = copy.toString().replace("\"duplicate_of_the_member\":0", "\"" + member + "\":" + value);
        return new Flaw(place + "/" + member + " twice", ": " + member, body);
    }

    @ParameterizedTest
    @MethodSource("flawsOfANewPlan")
    void isNotCreated(Flaw flaw) {
        int before = stored();

        HttpReply reply = APP.send("POST", PlanApp.PLANS, flaw.body);

        assertRefused(flaw, reply);
        assertThat(stored()).isEqualTo(before);
    }

    private static int stored() {
        return APP.get(PlanApp.PLANS, "includeDeleted=true").get("totalCount").asInt();
    }

    @ParameterizedTest
    @MethodSource("flawsOfAReplacement")
    void isNotReplaced(Flaw flaw) {
        JsonNode before = APP.get(PATH, null);

        HttpReply reply = APP.send("PUT", PATH, flaw.body);

        assertRefused(flaw, reply);
        assertThat(APP.get(PATH, null)).isEqualTo(before);
    }

    private static void assertRefused(Flaw flaw, HttpReply reply) {
        String text = PlanApp.text(reply);
        assertThat(reply.status()).as(flaw + ": " + text).isEqualTo(400);
        assertThat(text).as(flaw.toString()).contains(flaw.member);
    }

    @Test
    void theKeyAndTheCurrencyCannotBeReplaced() {
        for (String member : List.of("key", "currency", "planId", "id", "version", "status")) {
            HttpReply reply =
                    APP.send("PUT", PATH, replacement().put(member, "USD").toString());

            assertRefused(new Flaw(member, member, ""), reply);
        }
    }

    @Test
    void aValidReplacementIsStored() {
        String id = APP.created(
                        PlanApp.PLANS, PlanApp.everything().put("key", "valid").toString())
                .get("id")
                .asString();

        HttpReply reply = APP.send(
                "PUT",
                PlanApp.PLANS + "/" + id,
                replacement().put("name", "New").toString());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(APP.get(PlanApp.PLANS + "/" + id, null)).isEqualTo(PlanApp.json(reply));
        assertThat(PlanApp.json(reply).get("name").asString()).isEqualTo("New");
        assertThat(APP.send("DELETE", PlanApp.PLANS + "/" + id, "").status()).isEqualTo(204);
    }
}
