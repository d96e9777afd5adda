package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.route.Route;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;

/** The texts of the OpenAPI document are those of the Javadoc. */
class DescriptionsTest {

    private static final Path FILE =
            Path.of("../../api-functions/src/main/resources/dev/odometer/api/functions/info/descriptions.properties");
    private static final Path WRITTEN = Path.of("target/descriptions.properties");

    private final Javadocs javadocs = new Javadocs();
    private final TreeMap<String, String> texts = new TreeMap<>();
    private final Set<Class<?>> described = new LinkedHashSet<>();

    @Test
    void areThoseOfTheJavadoc() throws IOException {
        var wiring = Wiring.ofAllFunctions();
        Set<String> names = wiring.routes().stream().map(Route::function).collect(Collectors.toSet());
        names.forEach(name -> describe(
                name, Objects.requireNonNull(wiring.functions().get(name), name).type()));
        String written = texts.entrySet().stream()
                .map(text -> text.getKey() + "=" + text.getValue().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining(
                        "",
                        "# Made from the Javadoc by DescriptionsTest of adapters/conformance, which fails if it differs.\n",
                        ""));
        Files.writeString(WRITTEN, written);

        assertThat(texts).containsKeys(names.toArray(String[]::new));
        assertThat(FILE)
                .as("copy adapters/conformance/target/descriptions.properties to %s", FILE)
                .hasContent(written);
    }

    private void describe(String name, Class<?> function) {
        javadocs.of(function).ifPresent(text -> put(name, text.body()));
        ResolvableType type = ResolvableType.forClass(function);
        Stream.of(type.as(Function.class), type.as(Supplier.class))
                .flatMap(form -> Stream.of(form.getGenerics()))
                .forEach(generic -> describe(generic.getType()));
    }

    private void describe(Type type) {
        if (type instanceof ParameterizedType generic) {
            Stream.of(generic.getActualTypeArguments()).forEach(this::describe);
            describe(generic.getRawType());
        } else if (type instanceof WildcardType wildcard) {
            describe(wildcard.getUpperBounds()[0]);
        } else if (type instanceof Class<?> raw && raw.isRecord() && described.add(raw)) {
            String key = raw.getName().replace("dev.odometer.", "").replace('$', '.');
            javadocs.of(raw).ifPresent(text -> {
                put(key, text.body());
                text.parameters().forEach((component, words) -> put(key + "." + component, words));
            });
            for (RecordComponent component : raw.getRecordComponents()) {
                describe(component.getGenericType());
            }
        }
    }

    private void put(String key, String text) {
        if (!text.isEmpty()) {
            texts.put(key, text);
        }
    }
}
