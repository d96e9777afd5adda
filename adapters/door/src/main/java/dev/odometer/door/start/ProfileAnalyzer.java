package dev.odometer.door.start;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows an invalid name of a profile as a description, without a stack trace. */
final class ProfileAnalyzer extends AbstractFailureAnalyzer<IllegalStateException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, IllegalStateException invalid) {
        String reason = String.valueOf(invalid.getMessage());
        Throwable detail = invalid.getCause() == null ? invalid : invalid.getCause();
        return reason.startsWith("Invalid profile property value")
                ? new FailureAnalysis(reason + ". " + detail.getMessage(), "Correct the setting.", failure)
                : null;
    }
}
