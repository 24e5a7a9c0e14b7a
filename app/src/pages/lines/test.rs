//! Trying a line: from a pretend telephone, or by calling somebody who is then led to it.

use desk::DeskError;
use desk::lines::{TestState, TestWay};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::api::{ApiError, TestLine, ask_test};
use crate::parts::{FieldProblem, Glyph, Icon, Refused, action};

#[component]
pub(super) fn Test(line: String, way: TestWay, test: Memo<String>) -> impl IntoView {
    let call = action::<TestLine>();
    let problem = Memo::new(move |_| match call.value().get() {
        Some(Err(ApiError(DeskError::Invalid(errors)))) => {
            errors.into_iter().next().map(|error| error.message)
        }
        Some(_) | None => None,
    });
    let hidden = view! { <input type="hidden" name="form[line]" value=line.clone()/> };
    let button = view! {
        <button class="button" type="submit"><Icon glyph=Glyph::Phone/>"Call it to try it"</button>
    };
    let other = move || match call.value().get() {
        Some(Err(ApiError(DeskError::Invalid(_)))) | None => None,
        Some(answer) => Some(answer),
    };
    let body = match way {
        TestWay::NoNumber => {
            view! { <p class="field-hint">"It can be tried when it has a number."</p> }.into_any()
        }
        TestWay::Pretend => view! {
            <ActionForm action=call attr:class="line-test-form">
                {hidden}
                {button}
                <span class="field-hint">"From a pretend telephone. Nothing leaves this machine."</span>
                <Refused answer=move || call.value().get()/>
            </ActionForm>
        }
        .into_any(),
        TestWay::CallsOut => view! {
            <ActionForm action=call attr:class="line-test-form">
                {hidden}
                <div class="field">
                    <label for="to">"Your telephone"</label>
                    <input
                        id="to"
                        name="form[to]"
                        type="tel"
                        autocomplete="tel"
                        aria-invalid=move || problem.get().map(|_| "true")
                        aria-describedby=move || {
                            problem.get().map_or("to-hint", |_| "to-hint to-problem")
                        }
                    />
                    <p class="field-hint" id="to-hint">"It is called, and hears the line when it answers. It costs what a call costs."</p>
                    {move || problem.get().map(|message| view! { <FieldProblem id="to-problem".to_owned() message/> })}
                </div>
                {button}
                <Refused answer=other/>
            </ActionForm>
        }
        .into_any(),
    };
    view! {
        <section class="panel line-test" aria-labelledby="try">
            <h2 id="try">"Try it"</h2>
            {body}
            <Going line test/>
        </section>
    }
}

/// How the test call goes that the address names.
#[component]
fn Going(line: String, test: Memo<String>) -> impl IntoView {
    let asked = RwSignal::new(0_u32);
    let answer = Resource::new(
        move || (test.get(), asked.get()),
        move |(call, _)| {
            let line = line.clone();
            async move {
                match call.as_str() {
                    "" => None,
                    _ => Some(ask_test(line, call).await),
                }
            }
        },
    );
    let again = move |_| asked.update(|times| *times += 1);
    view! {
        <div role="status">
            <Transition>
                {move || Suspend::new(async move {
                    let state = answer.await?.ok()?;
                    let TestState { words, goes_on, has_come } = state;
                    let call = test.get_untracked();
                    Some(view! {
                        <p class="line-test-state">
                            {words}
                            {has_come.then(|| view! { " " <A href=format!("/calls/{call}")>"What happened in it"</A> })}
                        </p>
                        {goes_on.then(|| view! {
                            <button class="button button--plain" type="button" on:click=again>"Look again"</button>
                        })}
                    })
                })}
            </Transition>
        </div>
    }
}
