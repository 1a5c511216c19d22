"""What moto gets wrong of what mails operators."""

import json


def patch_step_functions() -> None:
    from moto.core.responses import ActionResult
    from moto.stepfunctions.responses import StepFunctionResponse

    # Unknown to moto; the provider asks for it in every plan. What it would say of a definition is AWS's to say.
    StepFunctionResponse.validate_state_machine_definition = lambda self: ActionResult(
        {"result": "OK", "diagnostics": [], "truncated": False}
    )
    # Unknown as well, and read back after each apply; none is published.
    StepFunctionResponse.list_state_machine_versions = lambda self: ActionResult({"stateMachineVersions": []})


def patch_budgets() -> None:
    from moto.budgets.responses import BudgetsResponse

    create = BudgetsResponse.create_budget

    def budget_of(self, name):
        return self.backend.budgets[self.current_account][name]

    def create_budget(self):
        """Forgets the tags: the budget differs on every plan."""
        answer = create(self)
        asked = json.loads(self.body)
        budget_of(self, asked["Budget"]["BudgetName"]).tags = asked.get("ResourceTags", [])
        return answer

    def list_tags_for_resource(self):
        name = json.loads(self.body)["ResourceARN"].split("/")[-1]
        return json.dumps({"ResourceTags": budget_of(self, name).tags})

    def describe_subscribers_for_notification(self):
        """Unknown to moto; the provider reads them back."""
        asked = json.loads(self.body)
        same = ("NotificationType", "Threshold")
        return json.dumps(
            {
                "Subscribers": [
                    subscriber
                    for notification in budget_of(self, asked["BudgetName"]).notifications
                    if all(notification.details[key] == asked["Notification"][key] for key in same)
                    for subscriber in notification.subscribers
                ]
            }
        )

    def update_budget(self):
        """Unknown, too."""
        changed = json.loads(self.body)["NewBudget"]
        budget_of(self, changed["BudgetName"]).budget.update(changed)
        return json.dumps({})

    BudgetsResponse.create_budget = create_budget
    BudgetsResponse.list_tags_for_resource = list_tags_for_resource
    BudgetsResponse.describe_subscribers_for_notification = describe_subscribers_for_notification
    BudgetsResponse.update_budget = update_budget
