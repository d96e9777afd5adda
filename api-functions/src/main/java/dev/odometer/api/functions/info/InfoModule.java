package dev.odometer.api.functions.info;

import dev.odometer.api.functions.info.DescribeApi.Signature;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.usage.UsageLog;
import java.lang.reflect.Type;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;

/** Currencies, progress of queries, counts of events, and the description of the API. */
@AutoConfiguration
public class InfoModule {

    @Bean
    Routes infoRoutes() {
        return new Routes(List.of(
                Route.get("/api/openapi.json", "describeApi"),
                // Where clients of OpenMeter look for it.
                Route.get("/api/swagger.json", "describeApi"),
                Route.get("/api/v1/info/currencies", "listCurrencies"),
                Route.get("/api/v1/info/progress/{id}", "getProgress"),
                Route.get("/api/v1/debug/metrics", "getDebugMetrics")
                        .produces("text/plain")
                        .answersMayBeLarge()));
    }

    @Bean
    ListCurrencies listCurrencies() {
        return new ListCurrencies();
    }

    @Bean
    GetProgress getProgress() {
        return new GetProgress();
    }

    @Bean
    GetDebugMetrics getDebugMetrics(UsageLog log, Clock clock) {
        return new GetDebugMetrics(log, clock);
    }

    /** Reads tables and types when it is called, so that it costs nothing at start. */
    @Bean
    DescribeApi describeApi(ObjectProvider<Routes> tables, BeanFactory functions) {
        return new DescribeApi(() -> all(tables), name -> signature(functions, name));
    }

    /** The routes of the API, of which this process may serve only a part. */
    private static List<Route> all(ObjectProvider<Routes> tables) {
        return tables.stream()
                .flatMap(table -> table.rows().stream())
                .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
                .toList();
    }

    private static Signature signature(BeanFactory functions, String name) {
        var type = ResolvableType.forClass(functions.getType(name, false));
        if (!type.as(Supplier.class).equals(ResolvableType.NONE)) {
            return new Signature(null, generic(type.as(Supplier.class), 0));
        }
        if (!type.as(Consumer.class).equals(ResolvableType.NONE)) {
            return new Signature(generic(type.as(Consumer.class), 0), null);
        }
        return new Signature(generic(type.as(Function.class), 0), generic(type.as(Function.class), 1));
    }

    private static @Nullable Type generic(ResolvableType type, int index) {
        ResolvableType generic = type.getGeneric(index);
        return generic.equals(ResolvableType.NONE) ? null : generic.getType();
    }
}
