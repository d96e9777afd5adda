package dev.odometer.api.functions.info;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GetProgressTest {

    @Test
    void refusesEveryId() {
        assertThatThrownBy(() -> new GetProgress().apply(new GetProgress.Input("my-query")))
                .hasMessage("progress not found: my-query");
    }
}
