package dev.odometer.door.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.StartRefusal;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class StartRefusalAnalyzerTest {

    /** Spring Boot's analyzers, except those that need a context. */
    private static FailureAnalysis analysis(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, unusable) -> {}))
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsTheRefusalOfABean() {
        var refusal = new StartRefusal("odometer.x must be 1 or more: 0");

        FailureAnalysis analysis = analysis(new BeanCreationException("x", "no", refusal));

        assertThat(analysis.getDescription()).isEqualTo("odometer.x must be 1 or more: 0");
        assertThat(analysis.getAction()).isEqualTo("Correct the setting.");
        assertThat(refusal.getStackTrace()).isEmpty();
    }
}
