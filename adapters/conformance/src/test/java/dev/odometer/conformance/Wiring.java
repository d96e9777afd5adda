package dev.odometer.conformance;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The tables of the application with every schedule enabled.
 *
 * @param rows all rows, each with the module that declares it
 * @param functions the functions by their names
 */
record Wiring(List<Row> rows, Map<String, Declared> functions) {

    private static final String FUNCTIONS = "dev\\.odometer\\.(api|event)\\.functions\\..*";

    /** The class of a function, and the module class that declares it. */
    record Declared(Class<?> type, Class<?> module) {}

    /** A row of a table. */
    record Row(Class<?> module, Object row) {

        /** The name of the function of the row. */
        String function() {
            return row instanceof Route route
                    ? route.function()
                    : row instanceof Binding binding ? binding.function() : ((Schedule) row).function();
        }
    }

    static Wiring ofAllFunctions() {
        try (ConfigurableApplicationContext context = InMemoryApp.start(InMemoryApp.EVERY_SCHEDULE)) {
            var rows = new ArrayList<Row>();
            collect(context, Routes.class, Routes::rows, rows);
            collect(context, Bindings.class, Bindings::rows, rows);
            collect(context, Schedules.class, Schedules::rows, rows);
            var functions = new HashMap<String, Declared>();
            Stream.of(Function.class, Consumer.class, Supplier.class)
                    .flatMap(kind -> Stream.of(context.getBeanNamesForType(kind)))
                    .forEach(name -> module(context, name)
                            .filter(module -> module.getName().matches(FUNCTIONS))
                            .ifPresent(module -> functions.put(
                                    name, new Declared(context.getBean(name).getClass(), module))));
            return new Wiring(rows, functions);
        }
    }

    private static <T> void collect(
            ConfigurableApplicationContext context, Class<T> table, Function<T, List<?>> of, List<Row> rows) {
        context.getBeansOfType(table).forEach((name, bean) -> {
            Class<?> module = module(context, name).orElseThrow();
            of.apply(bean).forEach(row -> rows.add(new Row(module, row)));
        });
    }

    /** The class whose method creates the bean. */
    private static Optional<Class<?>> module(ConfigurableApplicationContext context, String bean) {
        if (!context.getBeanFactory().containsBeanDefinition(bean)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                        context.getBeanFactory().getBeanDefinition(bean).getFactoryBeanName())
                .map(context::getType);
    }

    List<Route> routes() {
        return of(Route.class);
    }

    List<Binding> bindings() {
        return of(Binding.class);
    }

    List<Schedule> schedules() {
        return of(Schedule.class);
    }

    private <T> List<T> of(Class<T> kind) {
        return rows.stream()
                .map(Row::row)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
