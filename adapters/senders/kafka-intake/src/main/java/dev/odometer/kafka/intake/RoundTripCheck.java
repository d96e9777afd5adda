package dev.odometer.kafka.intake;

import dev.odometer.door.json.Json;
import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What survives being written and read again under the door's limits. Data can come in at a limit and be written beyond
 * it: binary mode has one level less than structured mode, and a number has more than one spelling. Such an event must be
 * refused now, not parked after it was accepted.
 */
final class RoundTripCheck {

    /** The event is a level of its own. */
    private static final int DEEPEST_DATA = Json.DEEPEST - 1;

    /** Room for a sign, a point and an exponent. */
    private static final int MAX_DIGITS = Json.MAX_NUMBER_LENGTH - 20;

    private RoundTripCheck() {}

    /** @throws Refusal when the data does not */
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
        if (depth > DEEPEST_DATA) {
            throw Refusal.invalid("data must not be nested deeper than " + DEEPEST_DATA + " levels");
        }
        values.forEach(value -> check(value, depth + 1));
    }
}
