package dev.odometer.api.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import org.junit.jupiter.api.Test;

class CompatibilityTest {

    @Test
    void followsTheSpecificationByDefault() {
        assertThat(Compatibility.parse(null).created()).isEqualTo(201);
        assertThat(Compatibility.parse("specification").created()).isEqualTo(201);
        assertThat(Compatibility.parse("openmeter").created()).isEqualTo(200);
    }

    @Test
    void refusesAnotherValue() {
        assertThatThrownBy(() -> Compatibility.parse("OpenMeter"))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("odometer.compatibility must be specification or openmeter, but is: OpenMeter");
    }
}
