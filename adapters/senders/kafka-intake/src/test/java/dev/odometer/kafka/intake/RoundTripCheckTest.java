package dev.odometer.kafka.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.event.CloudEvents;
import dev.odometer.door.json.Json;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.UsageEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoundTripCheckTest {

    private static final Json JSON = new Json();
    private static final CloudEvents DOOR = new CloudEvents(JSON, JSON.type(UsageEvent.class));
    private static final UsageTopic.Found TOPIC = new UsageTopic.Found("usage", 1024 * 1024);

    private static byte[] converted(UsageEvent event) {
        return new EventRecords(JSON).of(List.of(event), TOPIC).get(0).value();
    }

    private static UsageEvent received(String data) {
        Map<String, String> attributes =
                Map.of("specversion", "1.0", "id", "e-1", "source", "shop", "type", "request", "subject", "acme");
        return (UsageEvent) DOOR.binary(attributes, "application/json", data.getBytes(StandardCharsets.UTF_8))
                .get(0);
    }

    /** Numbers with many digits before and after the decimal point and exponents of any size. */
    @Provide
    Arbitrary<String> numbers() {
        return Combinators.combine(
                        Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(500),
                        Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(500),
                        Arbitraries.integers().between(-1_000_000, 1_000_000))
                .as((whole, fraction, exponent) -> "-1" + whole + "." + fraction + "e" + exponent)
                .filter(text -> text.length() <= Json.MAX_NUMBER_LENGTH);
    }

    @Property
    void readsAcceptedNumbersUnchanged(@ForAll("numbers") String number) {
        UsageEvent event = received("{\"n\":" + number + "}");

        try {
            var again = (UsageEvent) DOOR.structured(converted(event)).get(0);

            assertThat(again.data())
                    .hasEntrySatisfying(
                            "n", value -> assertThat(number(value)).isEqualByComparingTo(new BigDecimal(number)));
        } catch (Refusal refused) {
            assertThat(refused).hasMessageContaining("must not have numbers of more than 980 digits");
        }
    }

    private static BigDecimal number(@Nullable Object value) {
        return new BigDecimal(String.valueOf(value));
    }

    @Test
    void readsAnExponentAtTheLimit() {
        UsageEvent event = received("{\"n\":1e1000,\"m\":1e999,\"k\":1e-998}");

        assertThat(DOOR.structured(converted(event))).hasSize(1);
    }

    @Test
    void refusesDataThatIsOneLevelTooDeepForStructuredMode() {
        UsageEvent deep = received("{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}");
        UsageEvent deepest = received("{\"a\":" + "[".repeat(98) + "]".repeat(98) + "}");

        assertThatThrownBy(() -> converted(deep)).hasMessage("[0]: data must not be nested deeper than 99 levels");
        assertThat(DOOR.structured(converted(deepest)).get(0)).isEqualTo(deepest);
    }

    @Test
    void refusesANumberWithTooManyDigits() {
        UsageEvent event = received("{\"n\":0." + "7".repeat(981) + "}");

        assertThatThrownBy(() -> converted(event))
                .hasMessage("[0]: data must not have numbers of more than 980 digits");
    }
}
