//! `<Enqueue>`: the caller waits in a queue, or becomes a task of a workflow.

use crate::code::Code;
use crate::element::element;
use crate::json;
use crate::read::content::{self, Found};
use crate::read::notes::{Notes, quoted};
use crate::read::tree::Element;
use crate::rule;
use crate::value::Slot;
use crate::word::Method;
use crate::write::Xml;

/// The most characters of a queue's name (A.3.10).
pub(crate) const MOST_OF_NAME: usize = 64;

element! {
    /// Puts the caller into a queue until somebody dials the queue or the caller leaves (A.3.10).
    ///
    /// ```
    /// use twiml::{Enqueue, Response, Task};
    ///
    /// let queue = Enqueue::queue("support").wait_url("/music").action("/left");
    /// let workflow = Enqueue::workflow(
    ///     "WW0123456789abcdef0123456789abcdef",
    ///     Some(Task::new(r#"{"language": "es"}"#).priority(5)),
    /// );
    ///
    /// assert_eq!(Response::new().enqueue(queue).enqueue(workflow).check(), []);
    /// ```
    #[derive(Default)]
    pub struct Enqueue named "Enqueue" {
        /// what is requested when the caller leaves the queue; the next verb by default.
        pub action: Option<String> = "action" [14203: rule::url],
        /// the most callers the queue holds; known to the helper libraries alone.
        pub max_queue_size: Option<u16> = "maxQueueSize",
        /// how `action` is requested; POST by default.
        pub method: Option<Method> = "method" [14201],
        /// what the waiting caller hears, requested again whenever it ends; empty for nothing, hold music by default.
        pub wait_url: Option<String> = "waitUrl" [14202: rule::url],
        /// how `waitUrl` is requested; POST by default.
        pub wait_url_method: Option<Method> = "waitUrlMethod" [14206],
        /// where the caller waits; written where it is a workflow.
        pub place: WaitingPlace = "workflowSid" [14220],
    }
}

/// Where an enqueued caller waits: a queue and a workflow exclude each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitingPlace {
    /// A queue by its name, 1 to 64 characters (14204, 14205); made when first used.
    Queue(String),
    /// A TaskRouter workflow.
    Workflow {
        /// The workflow, `WW…`.
        sid: String,
        /// What the workflow is told.
        task: Option<Task>,
    },
}

element! {
    /// What a TaskRouter workflow is told about a caller.
    #[derive(Default)]
    pub struct Task named "Task" {
        /// how urgent it is.
        pub priority: Option<u32> = "priority",
        /// after how many seconds it is given up.
        pub timeout: Option<u32> = "timeout",
    } holding {
        /// The task's attributes, as a JSON object (14221 otherwise).
        pub attributes: String,
    }
}

impl Enqueue {
    /// Waits in the queue of this name.
    #[must_use]
    pub fn queue(name: impl Into<String>) -> Self {
        Self {
            place: WaitingPlace::Queue(name.into()),
            ..Self::default()
        }
    }

    /// Becomes a task of the workflow.
    #[must_use]
    pub fn workflow(sid: impl Into<String>, task: Option<Task>) -> Self {
        Self {
            place: WaitingPlace::Workflow {
                sid: sid.into(),
                task,
            },
            ..Self::default()
        }
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let mut enqueue = Self::begin(element, notes);
        match &mut enqueue.place {
            WaitingPlace::Queue(name) => {
                *name = content::text(element, notes);
                match name.chars().count() {
                    0 => notes.note(
                        const { Code::of(14204) },
                        element.at(),
                        "<Enqueue> without a name",
                    ),
                    1..=MOST_OF_NAME => {}
                    _ => notes.note(const { Code::of(14205) }, element.at(), quoted(name)),
                }
            }
            WaitingPlace::Workflow { task, .. } => {
                let mut tasks = content::all(element, notes, Task::found);
                if tasks.len() > 1 {
                    let about = format!("{} tasks in <Enqueue>", tasks.len());
                    notes.note(const { Code::of(12200) }, element.at(), about);
                }
                tasks.truncate(1);
                *task = tasks.pop();
            }
        }
        enqueue
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        let tag = self.tag(xml);
        match &self.place {
            WaitingPlace::Queue(name) => tag.text(name),
            WaitingPlace::Workflow { task: None, .. } => tag.empty(),
            WaitingPlace::Workflow {
                task: Some(task), ..
            } => tag.around(|xml| task.write(xml)),
        }
    }
}

impl Task {
    /// A task with attributes in JSON.
    #[must_use]
    pub fn new(attributes: impl Into<String>) -> Self {
        Self {
            attributes: attributes.into(),
            ..Self::default()
        }
    }

    fn found(element: Element<'_>, notes: &mut Notes<'_>) -> Found<Self> {
        if element.name() != Self::NAME {
            return Found::Misplaced;
        }
        let task = Self {
            attributes: content::text(element, notes),
            ..Self::begin(element, notes)
        };
        if !json::is_object(&task.attributes) {
            notes.note(
                const { Code::of(14221) },
                element.at(),
                quoted(&task.attributes),
            );
        }
        Found::Here(task)
    }

    fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.attributes);
    }
}

/// The queue without a name, which Twilio refuses (14204).
impl Default for WaitingPlace {
    fn default() -> Self {
        Self::Queue(String::new())
    }
}

impl Slot for WaitingPlace {
    const REQUIRED: bool = false;

    fn absent() -> Self {
        Self::default()
    }

    fn is_absent(&self) -> bool {
        match self {
            Self::Queue(_) => true,
            Self::Workflow { .. } => false,
        }
    }

    fn write(&self, start: &mut String) {
        match self {
            Self::Queue(_) => {}
            Self::Workflow { sid, .. } => sid.write(start),
        }
    }

    fn read(text: &str) -> Result<Self, Self> {
        let workflow = Self::Workflow {
            sid: text.into(),
            task: None,
        };
        if rule::sid("WW")(text) {
            Ok(workflow)
        } else {
            Err(workflow)
        }
    }
}
