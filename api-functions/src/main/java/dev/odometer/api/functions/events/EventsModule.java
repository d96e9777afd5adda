package dev.odometer.api.functions.events;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.route.Scope;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.usage.UsageIntake;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Ingestion and listing of events. */
@AutoConfiguration
public class EventsModule {

    private static final String DIRECT = "direct";

    @Bean
    Routes eventRoutes() {
        return new Routes(List.of(
                Route.post("/api/v1/events", "ingestEvents")
                        .body(Body.EVENTS)
                        .answers(204)
                        .needs(Scope.INGEST),
                Route.get("/api/v1/events", "listEvents")
                        .query("clientId", "id", "subject", "from", "to", "ingestedAtFrom", "ingestedAtTo", "limit")
                        .queryList("customerId")
                        .answersMayBeLarge(),
                Route.get("/api/v2/events", "listEventsV2")
                        .query("cursor", "limit", "clientId")
                        .queryJson("filter")
                        .answersMayBeLarge(),
                Route.post("/api/v3/openmeter/events", "ingestEvents")
                        .body(Body.EVENTS)
                        .answersWithoutBody(202)
                        .needs(Scope.INGEST)
                        .refusingUnknownFields(),
                Route.get("/api/v3/openmeter/events", "listEventsV3")
                        .queryMap("page", "filter")
                        .query("sort")
                        .answersMayBeLarge()
                        .refusingUnknownFields()));
    }

    /**
     * Appends to the usage log synchronously, unless an adapter provides the mode that {@code odometer.ingest} names.
     */
    @Bean
    @ConditionalOnMissingBean
    UsageIntake usageIntake(UsageLog log, Environment environment) {
        String mode = environment.getProperty("odometer.ingest", DIRECT);
        if (!mode.equals(DIRECT)) {
            throw new StartRefusal("odometer.ingest: unknown mode: " + mode);
        }
        return log::append;
    }

    @Bean
    IngestEvents ingestEvents(UsageIntake intake, Clock clock) {
        return new IngestEvents(intake, clock);
    }

    @Bean
    ListEvents listEvents(UsageLog log, Meters meters, Customers customers, Clock clock) {
        return new ListEvents(log, new EventViews(meters, customers), new CustomerLookup(customers), clock);
    }

    @Bean
    ListEventsV2 listEventsV2(UsageLog log, Meters meters, Customers customers) {
        return new ListEventsV2(log, new EventViews(meters, customers), new CustomerLookup(customers));
    }

    @Bean
    ListEventsV3 listEventsV3(UsageLog log, Meters meters, Customers customers) {
        return new ListEventsV3(log, new EventViews(meters, customers), new CustomerLookup(customers));
    }
}
