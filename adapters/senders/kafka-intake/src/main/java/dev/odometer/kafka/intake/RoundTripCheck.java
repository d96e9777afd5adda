package dev.odometer.kafka.intake;

import dev.odometer.door.json.Json;
import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that data can be written and read again within the door's JSON limits. Data that is within a limit when it is
 * read can exceed it when it is written: structured mode adds one level of nesting to binary mode, and a number can be
 * written in several ways. Such an event must be refused now, so that it does not become a dead letter after it was
 * accepted.
 */
final class RoundTripCheck {

    /** One level less, because the event itself is a level. */
    private static final int MAX_DEPTH = Json.MAX_DEPTH - 1;

    /** Leaves 20 characters for a sign, a decimal point and an exponent. */
    private static final int MAX_DIGITS = Json.MAX_NUMBER_LENGTH - 20;

    private RoundTripCheck() {}

    /** @throws Refusal INVALID when the data is nested too deeply or has a number with too many digits */
    static void check(@Nullable Map<String, @Nullable Object> data) {
        if (data != null) {
            check(data, 1);
        }
    }

    private static void check(@Nullable Object tree, int depth) {
        if (tree instanceof Map<?, ?> map) {
            checkAll(map.values(), depth);
        } else if (tree instanceof List<?> list) {
            checkAll(list, depth);
        } else if (tree instanceof BigDecimal number && number.precision() > MAX_DIGITS) {
            throw Refusal.invalid("data must not have numbers of more than " + MAX_DIGITS + " digits");
        }
    }

    private static void checkAll(Collection<?> values, int depth) {
        if (depth > MAX_DEPTH) {
            throw Refusal.invalid("data must not be nested deeper than " + MAX_DEPTH + " levels");
        }
        values.forEach(value -> check(value, depth + 1));
    }
}
