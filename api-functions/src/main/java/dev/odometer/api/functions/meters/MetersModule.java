package dev.odometer.api.functions.meters;

import dev.odometer.api.functions.Compatibility;
import dev.odometer.api.functions.list.RowLimits;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/** Meters, and the subjects and group-by values of their usage. */
@AutoConfiguration
public class MetersModule {

    /** A declared meter as a property or as an environment variable. */
    private static final Pattern DECLARED = Pattern.compile("odometer[._]meters", Pattern.CASE_INSENSITIVE);

    @Bean
    Routes meterRoutes(Environment environment) {
        int created = Compatibility.parse(environment.getProperty(Compatibility.SETTING))
                .created();
        return new Routes(List.of(
                Route.get("/api/v1/meters", "listMeters")
                        .query("page", "pageSize", "orderBy", "order", "includeDeleted")
                        .answersMayBeLarge(),
                Route.post("/api/v1/meters", "createMeter").body(Body.FIELDS).answers(created),
                Route.get("/api/v1/meters/{meterIdOrSlug}", "getMeter"),
                Route.put("/api/v1/meters/{meterIdOrSlug}", "updateMeter").body(Body.FIELDS),
                Route.delete("/api/v1/meters/{meterIdOrSlug}", "deleteMeter"),
                Route.get("/api/v1/meters/{meterIdOrSlug}/subjects", "listMeterSubjects")
                        .query("from", "to")
                        .answersMayBeLarge(),
                Route.get("/api/v1/meters/{meterIdOrSlug}/group-by/{groupByKey}/values", "listMeterGroupByValues")
                        .query("from", "to")
                        .answersMayBeLarge()));
    }

    @Bean
    Routes meterRoutesV3() {
        String meters = "/api/v3/openmeter/meters";
        return new Routes(List.of(
                Route.get(meters, "listMetersV3")
                        .queryMap("page", "filter")
                        .query("sort")
                        .refusingUnknownFields(),
                Route.post(meters, "createMeterV3")
                        .body(Body.FIELDS)
                        .answers(201)
                        .refusingUnknownFields(),
                Route.get(meters + "/{meterId}", "getMeterV3").refusingUnknownFields(),
                Route.put(meters + "/{meterId}", "updateMeterV3")
                        .body(Body.FIELDS)
                        .refusingUnknownFields(),
                Route.delete(meters + "/{meterId}", "deleteMeterV3").refusingUnknownFields()));
    }

    @Bean
    ListMeters listMeters(Meters meters) {
        return new ListMeters(meters);
    }

    @Bean
    CreateMeter createMeter(Meters meters, Clock clock) {
        return new CreateMeter(meters, new Ulid(clock), clock);
    }

    @Bean
    GetMeter getMeter(Meters meters) {
        return new GetMeter(new MeterLookup(meters));
    }

    @Bean
    UpdateMeter updateMeter(Meters meters, Clock clock) {
        return new UpdateMeter(meters, clock);
    }

    @Bean
    DeleteMeter deleteMeter(Meters meters, Clock clock) {
        return new DeleteMeter(meters, clock);
    }

    @Bean
    ListMetersV3 listMetersV3(Meters meters) {
        return new ListMetersV3(meters);
    }

    @Bean
    CreateMeterV3 createMeterV3(Meters meters, Clock clock) {
        return new CreateMeterV3(meters, new Ulid(clock), clock);
    }

    @Bean
    GetMeterV3 getMeterV3(Meters meters) {
        return new GetMeterV3(new MeterLookup(meters));
    }

    @Bean
    UpdateMeterV3 updateMeterV3(Meters meters, Clock clock) {
        return new UpdateMeterV3(meters, clock);
    }

    @Bean
    DeleteMeterV3 deleteMeterV3(Meters meters, Clock clock) {
        return new DeleteMeterV3(meters, clock);
    }

    @Bean
    ListMeterSubjects listMeterSubjects(Meters meters, UsageLog log, Environment environment) {
        return new ListMeterSubjects(new MeterLookup(meters), log, maxRows(environment));
    }

    @Bean
    ListMeterGroupByValues listMeterGroupByValues(Meters meters, UsageLog log, Clock clock, Environment environment) {
        return new ListMeterGroupByValues(new MeterLookup(meters), log, clock, maxRows(environment));
    }

    private static int maxRows(Environment environment) {
        return RowLimits.from(new Settings(environment::getProperty)).query();
    }

    /** Runs before any door accepts requests; without {@code odometer.meters} the store is not accessed. */
    @Bean
    SmartInitializingSingleton declaredMeters(ConfigurableEnvironment environment, Meters meters, Clock clock) {
        return () -> {
            // Skips the binder, which alone takes a twentieth of a function's cold start.
            if (names(environment).anyMatch(name -> DECLARED.matcher(name).lookingAt())) {
                declare(environment, new DeclaredMeters(meters, new Ulid(clock), clock));
            }
        };
    }

    private static void declare(ConfigurableEnvironment environment, DeclaredMeters declared) {
        try {
            Binder.get(environment)
                    .bind("odometer.meters", Bindable.listOf(MeterDraft.class))
                    .ifBound(declared::declare);
        } catch (BindException invalid) {
            ConfigurationProperty property = invalid.getProperty();
            throw new StartRefusal(
                    property == null
                            ? invalid.getName() + " is invalid: "
                                    + NestedExceptionUtils.getMostSpecificCause(invalid)
                                            .getMessage()
                            : property.getName() + " is invalid: "
                                    + Refusal.quote(String.valueOf(property.getValue())));
        } catch (Refusal refusal) {
            throw new StartRefusal(refusal.detail());
        }
    }

    private static Stream<String> names(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()));
    }
}
