package dev.odometer.event.functions.invocations;

import dev.odometer.event.functions.invocations.MeteredInvocations.Origin;
import dev.odometer.functions.invocation.InvocationLog;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Self-metering: records the invocations that the doors count. They count only if it is on. */
@AutoConfiguration
public class InvocationsModule {

    private static final String PLATFORM = "odometer.platform";
    private static final String SUBJECT = "odometer.self-metering.subject";

    /** Created only if it is on, and so are the ports that it uses. */
    @Bean
    @Lazy
    InvocationLog invocationLog(UsageLog log, Meters meters, Clock clock, Environment environment) {
        String platform = environment.getProperty(PLATFORM, "");
        var origin = new Origin(platform.isBlank() ? "other" : platform, subject(environment));
        return new MeteredInvocations(log, meters, new Ulid(clock), clock, origin);
    }

    private static Optional<String> subject(Environment environment) {
        String subject = environment.getProperty(SUBJECT, "");
        if (subject.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(UsageEvent.checkedSubject(subject.strip()));
        } catch (Refusal invalid) {
            throw new StartRefusal(SUBJECT + " is invalid: " + invalid.detail());
        }
    }
}
