package dev.odometer.door.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.odometer.door.function.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.MapPropertySource;

class PlainConfigurationsTest {

    private static FunctionContext started(Map<String, Object> settings, Class<?>... configurations) {
        var context = new FunctionContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("settings", settings));
        PlainConfigurations.register(context, List.of(configurations));
        context.refresh();
        return context;
    }

    @Configuration(proxyBeanMethods = false)
    static class Replaceable {

        @Bean
        @ConditionalOnMissingBean
        CharSequence word() {
            return "replaceable";
        }

        @Bean
        @ConditionalOnBean(CharSequence.class)
        Integer length(CharSequence word) {
            return word.length();
        }

        @Bean
        @ConditionalOnBean(Thread.class)
        Long never() {
            return 1L;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Replacement {

        @Bean
        CharSequence other() {
            return "other";
        }
    }

    @Test
    void registersADefaultBean() {
        assertThat(started(Map.of(), Replaceable.class).getBean(CharSequence.class))
                .isEqualTo("replaceable");
    }

    @Test
    void omitsADefaultBeanIfAnotherConfigurationDefinesOne() {
        assertThat(started(Map.of(), Replaceable.class, Replacement.class).getBean(CharSequence.class))
                .isEqualTo("other");
    }

    @Configuration(proxyBeanMethods = false)
    static class Costly {

        static final AtomicInteger CREATED = new AtomicInteger();

        @Bean
        Function<String, Integer> costly() {
            CREATED.incrementAndGet();
            return String::length;
        }
    }

    @Test
    void createsAFunctionLazily() {
        var context = started(Map.of(), Costly.class, FunctionApplication.class);
        assertThat(Costly.CREATED).hasValue(0);

        new Functions(context.getBean(FunctionCatalog.class), "costly").find("costly");

        assertThat(Costly.CREATED).hasValue(1);
    }

    @Test
    void evaluatesConditionsOnBeansLast() {
        var context = started(Map.of(), Replaceable.class);

        assertThat(context.getBean(Integer.class)).isEqualTo(11);
        assertThat(context.getBeanProvider(Long.class).getIfAvailable()).isNull();
    }

    @Configuration(proxyBeanMethods = false)
    static class Switched {

        @Bean
        @ConditionalOnProperty(name = "way", havingValue = "sea")
        String ship() {
            return "ship";
        }

        @Bean
        @ConditionalOnProperty("fast")
        Integer speed() {
            return 30;
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(name = "no.such.Class")
        static class Absent {

            @Bean
            Long depth() {
                return 1L;
            }
        }
    }

    @Test
    void evaluatesConditionsOnProperties() {
        var by = started(Map.of("way", "sea", "fast", "true"), Switched.class);
        var not = started(Map.of("way", "land", "fast", "false"), Switched.class);

        assertThat(by.getBeanNamesForType(Object.class)).contains("ship", "speed");
        assertThat(not.getBeanNamesForType(Object.class)).doesNotContain("ship", "speed");
    }

    @Test
    void omitsBeansWhoseClassIsAbsent() {
        assertThat(started(Map.of(), Switched.class).containsBean("depth")).isFalse();
    }

    @Configuration(proxyBeanMethods = false)
    static class Lambdas {

        @Bean
        Function<String, Integer> length() {
            return String::length;
        }
    }

    @Test
    void findsTheInputTypeOfALambda() {
        var context = new FunctionContext();
        PlainConfigurations.register(context, List.of(Lambdas.class, Catalog.class));
        context.refresh();

        var functions = new Functions(context.getBean(FunctionCatalog.class), null);

        assertThat(functions.find("length").input()).isEqualTo(String.class);
        assertThat(functions.find("length").invoke("four")).isEqualTo(4);
    }

    @Configuration(proxyBeanMethods = false)
    static class Catalog {

        @Bean
        FunctionCatalog functionCatalog() {
            return new FunctionApplication().functionCatalog();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Unknown {

        @Bean
        @Primary
        String first() {
            return "first";
        }
    }

    @Test
    void refusesAnUnsupportedAnnotationOfAMethod() {
        assertThatIllegalStateException()
                .isThrownBy(() -> started(Map.of(), Unknown.class))
                .withMessageContaining("Unknown uses @Primary");
    }

    @Configuration(proxyBeanMethods = false)
    static class Waiting {

        @Bean
        @Lazy
        String late(List<String> created) {
            created.add("late");
            return "late";
        }

        @Bean
        List<String> created() {
            return new ArrayList<>();
        }
    }

    @Test
    void createsALazyBeanOnDemand() {
        try (FunctionContext context = started(Map.of(), Waiting.class)) {
            List<?> created = context.getBean(List.class);

            assertThat(created).isEmpty();
            assertThat(context.getBean(String.class)).isEqualTo("late");
            assertThat(created).hasSize(1);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Choosing {

        @Bean
        String one() {
            return "one";
        }

        @Bean
        Integer length(@Qualifier("one") String word) {
            return word.length();
        }
    }

    @Test
    void refusesAnUnsupportedAnnotationOfAParameter() {
        assertThatIllegalStateException()
                .isThrownBy(() -> started(Map.of(), Choosing.class))
                .withMessageContaining("Choosing uses @Qualifier");
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Replacement.class)
    static class Importing {}

    @Configuration(proxyBeanMethods = false)
    @Import(String.class)
    static class ImportingABean {}

    @Test
    void importsOnlyConfigurations() {
        assertThat(started(Map.of(), Importing.class).getBean(CharSequence.class))
                .isEqualTo("other");
        assertThatIllegalStateException()
                .isThrownBy(() -> started(Map.of(), ImportingABean.class))
                .withMessageContaining("imports java.lang.String");
    }
}
