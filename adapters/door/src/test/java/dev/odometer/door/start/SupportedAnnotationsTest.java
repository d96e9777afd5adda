package dev.odometer.door.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.Greeter;
import dev.odometer.functions.refusal.StartRefusal;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** An annotation has its effect, or the start is refused with a sentence that names it. */
class SupportedAnnotationsTest {

    @Configuration(proxyBeanMethods = false)
    static class DeclaredField {
        @Bean
        Greeter.WithValue greet() {
            return new Greeter.WithValue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Callback {
        @Bean
        Greeter.WithCallback greet() {
            return new Greeter.WithCallback();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Setter {
        @Bean
        Greeter.WithSetter greet() {
            return new Greeter.WithSetter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Proxy {
        @Bean
        Greeter.WithProxy greet() {
            return new Greeter.WithProxy();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ConstructorParameter {
        ConstructorParameter(@Value("${greeting}") String greeting) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnField {
        @Value("${greeting}")
        String greeting = "";
    }

    @Configuration
    static class Proxied {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(String.class)
    static class ConditionOnBeans {}

    @Configuration(proxyBeanMethods = false)
    @Profile("test")
    static class OfProfile {}

    @Retention(RetentionPolicy.RUNTIME)
    @Profile("test")
    @interface Composed {}

    @Configuration(proxyBeanMethods = false)
    @Composed
    static class OfComposed {}

    abstract static class Parent {
        @Bean
        String inherited() {
            return "inherited";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Inheriting extends Parent {}

    @Configuration(proxyBeanMethods = false)
    static class ValueParameter {
        @Bean
        Function<String, String> greet(@Value("${greeting}") String greeting) {
            return name -> greeting + name;
        }
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of(DeclaredField.class, "com.example.Greeter$WithValue uses @Value at greeting"),
                Arguments.of(Callback.class, "com.example.Greeter$WithCallback uses @PostConstruct at prepare"),
                Arguments.of(Setter.class, "com.example.Greeter$WithSetter uses @Autowired at prefix"),
                Arguments.of(Proxy.class, "com.example.Greeter$WithProxy uses @Validated"),
                Arguments.of(ConstructorParameter.class, "ConstructorParameter uses @Value"),
                Arguments.of(OwnField.class, "OwnField uses @Value at greeting"),
                Arguments.of(Proxied.class, "Proxied is a @Configuration whose methods are proxied"),
                Arguments.of(ConditionOnBeans.class, "ConditionOnBeans uses @ConditionalOnMissingBean"),
                Arguments.of(OfProfile.class, "OfProfile uses @Profile"),
                Arguments.of(OfComposed.class, "OfComposed uses @Composed"),
                Arguments.of(Inheriting.class, "Inheriting inherits the bean inherited from"),
                Arguments.of(ValueParameter.class, "ValueParameter uses @Value"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void areNamedIfTheyWouldHaveNoEffect(Class<?> configuration, String message) {
        assertThatThrownBy(() -> start(configuration))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith(".");
    }

    private static void start(Class<?> configuration) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("greeting", "hello ")));
        FunctionApplication.start(environment, configuration).close();
    }

    @Test
    void areFoundInBeansWhoseTypeDoesNotShowThem() {
        var checked = new SupportedAnnotations();

        assertThatThrownBy(() -> checked.postProcessBeforeInitialization(new Greeter.WithValue(), "greet"))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("com.example.Greeter$WithValue uses @Value at greeting");
    }

    @Test
    void ofAConfigurationInAnyPackageAreAccepted() {
        try (var context = FunctionApplication.start(new StandardEnvironment(), Greeter.Module.class)) {
            assertThat(context.getBean(String.class)).isEqualTo("hello");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Web {
        @Bean
        @ConditionalOnWebApplication
        String web() {
            return "web";
        }

        @Bean
        @ConditionalOnNotWebApplication
        String function() {
            return "function";
        }
    }

    @Test
    void ofWebApplicationsDoNotHold() {
        try (var context = FunctionApplication.start(new StandardEnvironment(), Web.class)) {
            assertThat(context.getBean(String.class)).isEqualTo("function");
        }
    }
}
