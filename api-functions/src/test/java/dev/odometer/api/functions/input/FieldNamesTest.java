package dev.odometer.api.functions.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldNamesTest {

    private static final FieldNames NAMES = new FieldNames(
            Map.of("slug", "key", "address", "postal_address", "address.postalCode", "postal_address.postal_code"));

    @ParameterizedTest
    @CsvSource({
        "slug is required, key is required",
        "slug: x, key: x",
        "address.country must be two letters, postal_address.country must be two letters",
        "address.postalCode must not be empty, postal_address.postal_code must not be empty",
        "slugs are short, slugs are short",
        "the slug is required, the slug is required",
    })
    void renamesTheFieldAtTheStartOfASentence(String sentence, String renamed) {
        assertThatThrownBy(() -> NAMES.applied(() -> {
                    throw Refusal.invalid(sentence);
                }))
                .hasMessage(renamed);
    }

    @Test
    void keepsResultsAndOtherRefusals() {
        assertThat(NAMES.applied(() -> "a").toString()).isEqualTo("a");
        assertThatThrownBy(() -> NAMES.applied(() -> {
                    throw Refusal.conflict("slug is in use", "id");
                }))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.conflictingId()).isEqualTo("id"))
                .hasMessage("slug is in use");
    }
}
