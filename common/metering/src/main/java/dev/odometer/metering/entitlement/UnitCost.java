package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Quantity;
import dev.odometer.metering.resource.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cost of one unit of a feature: a fixed amount, or the price of a token of a language model. It is stored with the
 * feature and shown; no amount is computed from it. Of each pair such as {@code model} and {@code modelProperty}, a
 * model's cost has exactly one: a value, or the group-by key of the meter that has it.
 *
 * @param type manual or llm
 * @param amount a decimal in US dollars, at least 0; of a manual cost
 * @param tokenType input, output, input_cached, reasoning or cache_write
 */
public record UnitCost(
        @Nullable String type,
        @Nullable String amount,
        @Nullable String providerProperty,
        @Nullable String provider,
        @Nullable String modelProperty,
        @Nullable String model,
        @Nullable String tokenTypeProperty,
        @Nullable String tokenType) {

    private static final int MAX_LENGTH = 256;
    private static final List<String> TOKEN_TYPES =
            List.of("input", "output", "input_cached", "reasoning", "cache_write");

    /** @throws Refusal when a field is missing, invalid or not allowed with the type */
    public UnitCost {
        if ("manual".equals(type)) {
            checkAmount(amount);
            checkAbsent("provider", providerProperty, provider);
            checkAbsent("model", modelProperty, model);
            checkAbsent("tokenType", tokenTypeProperty, tokenType);
        } else if ("llm".equals(type)) {
            checkAbsent("amount", null, amount);
            checkOne("provider", providerProperty, provider);
            checkOne("model", modelProperty, model);
            checkOne("tokenType", tokenTypeProperty, tokenType);
            if (tokenType != null && !TOKEN_TYPES.contains(tokenType)) {
                throw Refusal.invalid("unitCost.tokenType must be one of " + String.join(", ", TOKEN_TYPES) + ": "
                        + Refusal.quote(tokenType));
            }
        } else {
            throw Refusal.invalid(
                    "unitCost.type must be manual or llm" + (type == null ? "" : ": " + Refusal.quote(type)));
        }
    }

    private static void checkAmount(@Nullable String amount) {
        if (amount == null) {
            throw Refusal.invalid("unitCost.amount is required");
        }
        BigDecimal value = Quantity.parse(amount)
                .orElseThrow(() -> Refusal.invalid("unitCost.amount must be a decimal: " + Refusal.quote(amount)));
        if (value.signum() < 0) {
            throw Refusal.invalid("unitCost.amount must not be negative: " + Refusal.quote(amount));
        }
    }

    private static void checkAbsent(String field, @Nullable String property, @Nullable String value) {
        if (property != null || value != null) {
            throw Refusal.invalid("unitCost." + field + " is not allowed with this type of unitCost: "
                    + Refusal.quote(Objects.requireNonNullElse(property, String.valueOf(value))));
        }
    }

    private static void checkOne(String field, @Nullable String property, @Nullable String value) {
        if ((property == null) == (value == null)) {
            throw Refusal.invalid("unitCost requires either " + field + " or " + field + "Property"
                    + (value == null ? "" : ", not both"));
        }
        Text.checked("unitCost." + field, property == null ? String.valueOf(value) : property, MAX_LENGTH);
    }

    /** The group-by keys of the meter that it names. */
    Set<String> groupByKeys() {
        return Stream.of(providerProperty, modelProperty, tokenTypeProperty)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }
}
