package dev.odometer.door.start;

import org.springframework.beans.factory.support.GenericTypeAwareAutowireCandidateResolver;
import org.springframework.context.support.GenericApplicationContext;

/** Spring's plain context, less what costs start-up time and has no use here. */
final class FunctionContext extends GenericApplicationContext {

    FunctionContext() {
        getDefaultListableBeanFactory().setAllowBeanDefinitionOverriding(false);
        getDefaultListableBeanFactory().setAutowireCandidateResolver(new GenericTypeAwareAutowireCandidateResolver());
    }

    @Override
    protected void initMessageSource() {
        // No messages: their formats would load the JDK's locale data.
    }
}
