package dev.odometer.door.function;

import dev.odometer.functions.refusal.StartRefusal;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;

/**
 * The functions of Spring Cloud Function's catalog, by name; {@code a|b} is a composition.
 *
 * <p>If {@code spring.cloud.function.definition} is set, only the functions that it names are active. Names are
 * separated by semicolons; a composition counts as one name. So one deployment may serve a single function, another all
 * of them.
 *
 * <p>The catalog looks up functions, their types and the parts of compositions. Its wrapper is not used to call them:
 * it would convert the input again (a list to a stream, text that looks like JSON to a map).
 */
public final class Functions {

    private final FunctionCatalog catalog;
    private final Set<String> active;

    /**
     * The functions of the catalog, of which only those in the definition are active.
     *
     * @param definition the value of the property; if it is absent or blank, all functions are active
     * @throws StartRefusal when the definition names a function that is not in the catalog
     */
    public Functions(FunctionCatalog catalog, @Nullable String definition) {
        this.catalog = catalog;
        this.active = definition == null ? Set.of() : names(definition);
        for (String name : active) {
            for (String part : name.split("\\|", -1)) {
                lookUp(name, part);
            }
        }
    }

    private static Set<String> names(String definition) {
        return Arrays.stream(definition.split(";"))
                .map(Functions::normal)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** In names, the catalog treats a comma like a vertical bar. */
    private static String normal(String name) {
        return name.replaceAll("\\s", "").replace(',', '|');
    }

    public boolean isActive(String name) {
        return active.isEmpty() || active.contains(normal(name));
    }

    /**
     * @throws StartRefusal when there is no such function, or it uses streams or messages instead of values
     */
    public CatalogFunction find(String name) {
        CatalogFunction whole = null;
        Type output = null;
        for (String part : normal(name).split("\\|", -1)) {
            FunctionInvocationWrapper function = part(name, part);
            if (whole == null) {
                whole = new CatalogFunction(name, input(function), target(function));
            } else {
                checkFits(name, output, function);
                whole = new CatalogFunction(name, whole.input(), whole.target().andThen(target(function)));
            }
            output = function.getOutputType();
        }
        if (whole == null) {
            throw unknown(name);
        }
        return whole;
    }

    private FunctionInvocationWrapper lookUp(String name, String part) {
        // If there is only one function, the catalog returns it for any name; hence the comparison.
        FunctionInvocationWrapper function = part.isEmpty() ? null : catalog.lookup(part);
        if (function == null || !part.equals(function.getFunctionDefinition()) || function.isRoutingFunction()) {
            throw unknown(name);
        }
        return function;
    }

    private FunctionInvocationWrapper part(String name, String part) {
        FunctionInvocationWrapper function = lookUp(name, part);
        if (function.isInputTypePublisher()
                || function.isOutputTypePublisher()
                || function.isInputTypeMessage()
                || function.isOutputTypeMessage()) {
            throw new StartRefusal(
                    "The function " + name + " takes or returns streams or messages instead of values",
                    "Let it take a record and return a value.");
        }
        return function;
    }

    private static StartRefusal unknown(String name) {
        return new StartRefusal(
                "No function named " + name + " is in the catalog",
                "Add a bean of java.util.function with this name, or correct the route, binding, schedule or"
                        + " spring.cloud.function.definition that names it.");
    }

    private static void checkFits(String name, @Nullable Type output, FunctionInvocationWrapper next) {
        if (output == null || !next.getRawInputType().isAssignableFrom(FunctionTypeUtils.getRawType(output))) {
            throw new StartRefusal(
                    "In " + name + ", " + next.getFunctionDefinition()
                            + " does not take the output of the function before it",
                    "Compose functions whose types fit.");
        }
    }

    private static @Nullable Type input(FunctionInvocationWrapper function) {
        return function.isSupplier() || function.getRawInputType() == Void.class ? null : function.getInputType();
    }

    @SuppressWarnings("unchecked") // the catalog knows functions only by their raw types
    private static Function<@Nullable Object, @Nullable Object> target(FunctionInvocationWrapper function) {
        Object target = function.getTarget();
        if (function.isSupplier()) {
            return nothing -> ((Supplier<Object>) target).get();
        }
        if (target instanceof Consumer<?> consumer) {
            return value -> {
                ((Consumer<@Nullable Object>) consumer).accept(value);
                return null;
            };
        }
        return (Function<@Nullable Object, @Nullable Object>) target;
    }
}
